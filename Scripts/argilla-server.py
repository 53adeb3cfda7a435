"""Runs the Argilla server of this Python for tests: SQLite in a folder of its own, on a free port of the loopback.

    python Scripts/argilla-server.py --home FOLDER [--port 0] [--user NAME:ROLE:API_KEY:WORKSPACE]...

Prints `listening on http://127.0.0.1:PORT` once it answers, and ends with its standard input, so that it never outlives
whoever started it. It must be run with a Python that has `argilla-server` (Scripts/setup-argilla makes one).

The server is the real one but for two things that need programs of their own, which neither PyPI nor Debian has:

* its search engine (Elasticsearch or OpenSearch) is `DatabaseSearch` below, which answers searches from the server's own
  database: enough for the `argilla` client, which lists records with searches;
* Redis, which only queues background jobs, is left out: its check at the start is skipped, the job that counts responses anew when
  a dataset was changed is not done, and the others (webhooks, the server's own import from and export to the Hub) fail.
"""

import argparse
import asyncio
import os
import socket
import sys
import threading
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--home", required=True, type=Path, help="where the database lies; made if it is not there")
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--user", action="append", default=[], metavar="NAME:ROLE:API_KEY:WORKSPACE")
arguments = parser.parse_args()

arguments.home.mkdir(parents=True, exist_ok=True)
# The server reads its settings when it is imported.
os.environ["ARGILLA_HOME_PATH"] = str(arguments.home)
os.environ.pop("ARGILLA_DATABASE_URL", None)
os.environ["ARGILLA_SEARCH_ENGINE"] = "database"
os.environ["ARGILLA_ENABLE_SHARE_YOUR_PROGRESS"] = "false"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_OFFLINE"] = "1"

import uvicorn  # noqa: E402
from sqlalchemy import select  # noqa: E402
from sqlalchemy.orm import selectinload  # noqa: E402

from argilla_server.contexts import accounts  # noqa: E402
from argilla_server.database import AsyncSessionLocal  # noqa: E402
from argilla_server.models import Record, User, UserRole, Workspace  # noqa: E402
from argilla_server.models import Response, Suggestion  # noqa: E402
from argilla_server.search_engine import base as search  # noqa: E402


async def nothing(*args, **kwargs):
    """What an index would have to be told."""


@search.SearchEngine.register("database")
class DatabaseSearch(search.SearchEngine):
    """Searches the database, record by record: there is no index to keep."""

    create_index = delete_index = configure_metadata_property = configure_index_vectors = nothing
    index_records = partial_record_update = delete_records = nothing
    update_record_response = delete_record_response = nothing
    update_record_suggestion = delete_record_suggestion = nothing
    close = nothing

    @classmethod
    async def new_instance(cls):
        return cls()

    async def ping(self):
        return True

    async def info(self):
        return {"version": {"number": "0", "distribution": "database"}}

    async def get_dataset_progress(self, dataset):
        records = await self._records(dataset)
        completed = sum(record.status == "completed" for record in records)
        return {"total": len(records), "completed": completed, "pending": len(records) - completed}

    async def get_dataset_user_progress(self, dataset, user):
        records = await self._records(dataset)
        counts = {"submitted": 0, "discarded": 0, "draft": 0, "pending": 0, "total": len(records)}
        for record in records:
            mine = [response.status for response in record.responses if response.user_id == user.id]
            if mine:
                counts[mine[0]] += 1
            elif record.status == "pending":
                counts["pending"] += 1
        return counts

    async def search(
        self, dataset, query=None, filter=None, sort=None, offset=0, limit=100, user_id=None
    ):
        found = [
            record
            for record in await self._records(dataset)
            if (query is None or self._says(record, query)) and (filter is None or self._passes(record, filter))
        ]
        for order in reversed(sort or []):
            found.sort(key=lambda record: self._values(record, order.scope), reverse=order.order == "desc")
        items = [search.SearchResponseItem(record_id=record.id, score=1.0) for record in found[offset : offset + limit]]
        return search.SearchResponses(items=items, total=len(found))

    async def compute_metrics_for(self, metadata_property):
        raise NotImplementedError("the stand-in for a search engine counts no metadata")

    async def similarity_search(self, *args, **kwargs):
        raise NotImplementedError("the stand-in for a search engine compares no vectors")

    async def _records(self, dataset):
        query = (
            select(Record)
            .filter_by(dataset_id=dataset.id)
            .options(
                selectinload(Record.responses).selectinload(Response.user),
                selectinload(Record.suggestions).selectinload(Suggestion.question),
            )
            .order_by(Record.inserted_at, Record.id)
        )
        async with AsyncSessionLocal() as session:
            return (await session.scalars(query)).unique().all()

    @staticmethod
    def _says(record, query):
        words = (query if isinstance(query, str) else query.q).lower().split()
        fields = [value for name, value in record.fields.items() if getattr(query, "field", None) in (None, name)]
        text = " ".join(str(value) for value in fields).lower()
        return all(word in text for word in words)

    def _passes(self, record, filter):
        if isinstance(filter, search.AndFilter):
            return all(self._passes(record, part) for part in filter.filters)
        values = self._values(record, filter.scope)
        if isinstance(filter, search.TermsFilter):
            return any(str(value) in filter.values for value in values)
        return any(
            (filter.ge is None or value >= filter.ge) and (filter.le is None or value <= filter.le) for value in values
        )

    @staticmethod
    def _values(record, scope):
        """All values that a record has in a scope."""
        if isinstance(scope, search.RecordFilterScope):
            found = [getattr(record, scope.property)]
        elif isinstance(scope, search.MetadataFilterScope):
            found = [(record.metadata_ or {}).get(scope.metadata_property)]
        elif isinstance(scope, search.SuggestionFilterScope):
            found = [getattr(one, scope.property) for one in record.suggestions if one.question.name == scope.question]
        elif scope.question:
            found = [
                (one.values or {}).get(scope.question, {}).get("value")
                for one in record.responses
                if scope.user is None or one.user_id == scope.user.id
            ]
        else:
            mine = [one.status for one in record.responses if scope.user is None or one.user_id == scope.user.id]
            found = mine or ["pending"]
        flat = []
        for value in found:
            flat.extend(value if isinstance(value, list) else [value])
        return [value for value in flat if value is not None]


async def create_users():
    """Makes the workspaces and users that are asked for and not there yet."""
    async with AsyncSessionLocal() as session:
        for user in arguments.user:
            name, role, key, workspace_name = user.split(":")
            workspace = await Workspace.get_by(session, name=workspace_name)
            if workspace is None:
                workspace = await accounts.create_workspace(session, {"name": workspace_name})
            if await accounts.get_user_by_username(session, name) is None:
                await User.create(
                    session,
                    first_name=name,
                    username=name,
                    role=UserRole(role),
                    api_key=key,
                    password_hash=accounts.hash_password("password-" + name),
                    workspaces=[workspace],
                )


def end_with_input():
    """Ends the process when whoever started it is gone."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main():
    import alembic.config

    from argilla_server.database import ALEMBIC_CONFIG_FILE

    alembic.config.main(argv=["-c", ALEMBIC_CONFIG_FILE, "upgrade", "head"])
    asyncio.run(create_users())

    import argilla_server._app as application
    from argilla_server.jobs import dataset_jobs

    application.configure_redis = lambda: None
    # Python's client changes every dataset that it makes; there are no responses yet to be counted anew.
    dataset_jobs.update_dataset_records_status_job.delay = lambda *arguments: None

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", arguments.port))
    threading.Thread(target=end_with_input, daemon=True).start()
    server = uvicorn.Server(uvicorn.Config(application.app, log_level="warning", timeout_keep_alive=5))

    async def announce():
        while not server.started:
            await asyncio.sleep(0.05)
        print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)

    async def serve():
        announcement = asyncio.create_task(announce())
        await server.serve(sockets=[listener])
        announcement.cancel()

    asyncio.run(serve())


main()
