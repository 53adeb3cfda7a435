internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelHub
internal import DistilabelModels
internal import DistilabelPipeline

/// The option that says who asks the Hub.
struct TokenOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The token of the Hugging Face Hub; HF_TOKEN, or what `hf auth login` keeps, where it is not given.",
            discussion: "Others on this machine see the arguments of programs, so the environment is the better place.",
            valueName: "token"))
    var token: String?

    /// The token, where one was given.
    var secret: Secret? { token.map { Secret($0) } }
}

/// The options of `pipeline run` that push its dataset.
struct RunHubOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Push the dataset to this repository when the run is finished.", valueName: "owner/name"))
    var repoId: String?

    @Option(help: ArgumentHelp("The message of the commit.", valueName: "text"))
    var commitMessage: String?

    @Flag(help: "A repository that is made is seen by its owner only.")
    var `private` = false

    @OptionGroup var tokenOption: TokenOption

    func validate() throws {
        if repoId == nil, commitMessage != nil || self.private {
            throw ValidationError("--commit-message and --private say how to push; say where to with --repo-id.")
        }
        if let repoId {
            do { _ = try HubRepository(repoId) } catch { throw ValidationError("--repo-id: \(error)") }
        }
    }

    /// The arguments that ask for the same again, without the token.
    var arguments: [String] {
        guard let repoId else { return [] }
        return ["--repo-id", repoId] + (commitMessage.map { ["--commit-message", $0] } ?? [])
            + (self.private ? ["--private"] : [])
    }

    /// Sees that the token may write, before anything is spent.
    func requireAccess(in console: Console) async throws {
        guard repoId != nil else { return }
        let account = try await HubSession.run(token: tokenOption.secret, environment: console.environment) {
            try await $0.whoami()
        }
        if account.tokenRole == "read" {
            throw Complaint(
                "the token of '\(account.name)' may only read, so the dataset could not be pushed to the Hub; use one with the role `write`",
                status: .failed)
        }
    }

    /// Pushes what the run made, if that was asked for.
    func push(_ result: RunResult, from output: String, quietly isQuiet: Bool, in console: Console) async throws {
        guard let repoId else { return }
        do {
            let upload = try await HubSession.run(token: tokenOption.secret, environment: console.environment) {
                try await result.pushToHub(
                    repoId, client: $0, options: HubCommitOptions(message: commitMessage ?? "Upload dataset"),
                    isPrivate: self.private ? true : nil, environment: console.environment)
            }
            if !isQuiet { console.output(HubText.pushed(upload)) }
        } catch let error as HubError {
            throw Complaint(
                "\(error.message); the dataset lies in \(output): distilabel dataset push \(output) \(repoId)",
                status: .failed)
        }
    }
}

/// What is said of datasets on the Hub.
enum HubText {
    /// What became of a push.
    static func pushed(_ upload: HubUpload) -> String {
        if upload.commit.isUnchanged { return "\(upload.page) has all of it already\n" }
        return "pushed to \(upload.page) (\(upload.commit.url ?? upload.commit.commit))\n"
    }
}
