/// Python that writes what pyarrow reads of a file as JSON, in the forms of `TestCell(json:as:)`.
///
/// `canon` goes from pyarrow's scalars, not from Python's objects, which know neither nanoseconds nor years before 1.
let canonicalPython = #"""
    import sys, json, glob, os, uuid, math, struct, pyarrow as pa, pyarrow.parquet as pq

    def civil(days):
        z = days + 719468; era = z // 146097; doe = z - era * 146097
        yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
        doy = doe - (365 * yoe + yoe // 4 - yoe // 100); mp = (5 * doy + 2) // 153
        m = mp + 3 if mp < 10 else mp - 9; y = yoe + era * 400 + (m <= 2)
        return f"{'-' if y < 0 else '+' if y > 9999 else ''}{abs(y):04}-{m:02}-{doy - (153 * mp + 2) // 5 + 1:02}"

    SECOND = {'s': 1, 'ms': 10**3, 'us': 10**6, 'ns': 10**9}
    def clock(ticks, unit):
        per = SECOND[unit]; s, rest = divmod(ticks, per)
        fraction = f".{rest:0{len(str(per)) - 1}}".rstrip('0') if rest else ''
        return f'{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}{fraction}'

    number = repr
    def canon(s):
        t = s.type
        if not s.is_valid: return None
        if isinstance(t, pa.BaseExtensionType):
            if t.extension_name == 'arrow.uuid': return str(uuid.UUID(bytes=s.value.as_py()))
            return canon(s.value)
        if pa.types.is_dictionary(t): return canon(s.value)
        if pa.types.is_struct(t): return {f.name: canon(s[i]) for i, f in enumerate(t)}
        if pa.types.is_nested(t): return [canon(x) for x in s.values]
        if pa.types.is_date32(t): return civil(s.value)
        if pa.types.is_time(t): return clock(s.value, t.unit)
        if pa.types.is_timestamp(t):
            day, rest = divmod(s.value, 86400 * SECOND[t.unit])
            return f"{civil(day)}T{clock(rest, t.unit)}{'Z' if t.tz else ''}"
        if pa.types.is_decimal(t): return format(s.as_py(), 'f')
        if pa.types.is_floating(t): return number(float(s.as_py()))
        v = s.as_py()
        if isinstance(v, bytes): return v.hex()
        return str(v) if isinstance(v, int) and v >= 2**63 else v

    def column(c): return [canon(x) for x in c]
    def save(path, table): json.dump({n: column(table.column(i)) for i, n in enumerate(table.column_names)}, open(path, 'w'))

    """#

/// Python that writes files with every writer and option, each beside its values as JSON; the argument is a folder.
let foreignWritersPython =
    canonicalPython + #"""
        import random, itertools, decimal, datetime, duckdb, polars as pl, datasets
        out = sys.argv[1]; r = random.Random(11)
        D, T = pa.decimal128, pa.timestamp
        leaves = [pa.bool_(), pa.int32(), pa.int64(), pa.float32(), pa.float64(), pa.string(), pa.binary(), pa.int8(), pa.uint32(), pa.large_string(), pa.null()]
        more = [pa.date32(), pa.time32('ms'), pa.time64('us'), pa.time64('ns'), T('ms'), T('us', 'UTC'), T('ns'), T('s', 'Europe/Berlin'), D(5, 2), D(18, 3), D(38, 10),
            pa.binary(5), pa.float16(), pa.uint64(), pa.int16()]
        def typ(pool, d=0, maps=True):
            if d < 4 and r.random() < .5:
                k = r.random()
                if maps and k < .15: return pa.map_(pa.string(), typ(pool, d + 1, maps))
                return pa.list_(typ(pool, d + 1, maps)) if k < .55 else pa.struct([(f'f{i}', typ(pool, d + 1, maps)) for i in range(r.randint(1, 3))])
            return r.choice(pool)
        # Formats before 2.6 have no nanoseconds and refuse to lose them.
        def whole(n, t): return r.randrange(n // 1000) * 1000 if t.unit == 'ns' else r.randrange(n)
        def val(t, p):
            if r.random() < p or pa.types.is_null(t): return None
            if pa.types.is_map(t): return [(f'k{i}', val(t.item_type, min(p, .5))) for i in range(r.choice([0, 1, 3]))]
            if pa.types.is_list(t): return [val(t.value_type, min(p, .5)) for _ in range(r.choice([0, 1, 3, 8]))]
            if pa.types.is_struct(t): return {f.name: val(f.type, min(p, .5)) for f in t}
            if pa.types.is_boolean(t): return r.random() < .5
            if t == pa.uint64(): return r.choice([0, 2**64 - 1, 5])
            if t == pa.uint32(): return r.choice([0, 2**32 - 1, 5])
            if t == pa.int8(): return r.randint(-128, 127)
            if t == pa.int16(): return r.randint(-32768, 32767)
            if pa.types.is_integer(t): return r.choice([0, -1, 2**31 - 1, -2**31, r.randint(-1000, 1000)])
            if pa.types.is_floating(t): return r.choice([0.5, -2.25, 1024.0, float(r.randint(0, 999)), 0.0, -0.0, float('inf')])
            if pa.types.is_decimal(t): return decimal.Decimal(r.randint(-10**t.precision + 1, 10**t.precision - 1)).scaleb(-t.scale, decimal.Context(prec=50))
            if pa.types.is_date(t): return datetime.date(1970, 1, 1) + datetime.timedelta(r.randint(-200000, 200000))
            if pa.types.is_time(t): return pa.scalar(whole(86400 * SECOND[t.unit], t), t)
            if pa.types.is_timestamp(t): return r.randint(-8 * 10**9, 8 * 10**9) * SECOND[t.unit] + whole(SECOND[t.unit], t)
            if isinstance(t, pa.BaseExtensionType): return r.randbytes(16)
            if pa.types.is_fixed_size_binary(t): return r.choice([b'aaaaa', b'aabbb', r.randbytes(5)])
            if pa.types.is_binary(t): return r.randbytes(r.randint(0, 5))
            return r.choice(['', 'a', 'näh', '日本', '🦜', 'x' * r.randint(0, 300), 'prefix' * r.randint(0, 4) + str(r.random())])
        def table(n, pool, columns=4, maps=True, flat=False):
            ts = [r.choice(pool) if flat else typ(pool, maps=maps) for _ in range(r.randint(1, columns))]
            ps = [r.choice([0, 0, .1, .9]) for _ in ts]
            return pa.table({f'c{i}': pa.array([val(t, p) for _ in range(n)], t) for i, (t, p) in enumerate(zip(ts, ps))})
        def keep(name): save(f'{out}/{name}.json', pq.read_table(f'{out}/{name}.parquet', use_threads=False))
        N = iter(itertools.count())
        def write(t, **options):
            k = f'pa{next(N)}'; pq.write_table(t, f'{out}/{k}.parquet', **options); keep(k)
        # Every codec, version, page version, size and switch.
        for comp in ['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4']:
            for ver in ['1.0', '2.4', '2.6']:
                for pages in ['1.0', '2.0']:
                    for dic in [True, False]:
                        n = r.choice([0, 1, 40, 300, 1500])
                        for pool in [leaves, leaves + more]:
                            c = lambda *x: r.choice(x)
                            write(table(n, pool), compression=comp, version=ver, data_page_version=pages, use_dictionary=dic, row_group_size=c(100000, 700),
                                data_page_size=c(1 << 20, 300), dictionary_pagesize_limit=c(1 << 20, 200), write_statistics=c(True, False), store_schema=c(True, False),
                                use_compliant_nested_type=c(True, False), use_deprecated_int96_timestamps=c(True, False, False), write_page_checksum=c(True, False),
                                write_page_index=c(True, False), store_decimal_as_integer=c(True, False))
        # Every encoding on every type that it is for.
        ints, texts = ['INT32', 'INT64'], ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY']
        encodings = {'PLAIN': None, 'DELTA_BINARY_PACKED': ints, 'DELTA_LENGTH_BYTE_ARRAY': texts[:1], 'DELTA_BYTE_ARRAY': texts, 'RLE': ['BOOLEAN'],
            'BYTE_STREAM_SPLIT': ints + ['FLOAT', 'DOUBLE', 'FIXED_LEN_BYTE_ARRAY']}
        for enc, physical in encodings.items():
            for pages in ['1.0', '2.0']:
                for n in [1, 33, 129, 2500]:
                    for flat in [True, False]:
                        t = table(n, leaves[:-1] + more, 6, flat=flat)
                        sink = pa.BufferOutputStream(); pq.write_table(t, sink)
                        s = pq.ParquetFile(sink.getvalue()).schema
                        paths = {s.column(i).path: enc for i in range(len(s)) if physical is None or s.column(i).physical_type in physical}
                        write(t, use_dictionary=False, column_encoding=paths, data_page_version=pages, data_page_size=r.choice([1 << 20, 500]), compression=r.choice(['none', 'zstd']))
        for i in range(18):
            t = table(900, leaves[:-1] + more[:3] + more[4:7] + more[8:10])
            con = duckdb.connect(); con.register('t', t)
            codec = ['snappy', 'zstd', 'gzip', 'uncompressed', 'brotli', 'lz4_raw'][i % 6]
            con.execute(f"copy t to '{out}/duck{i}.parquet' (format parquet, compression {codec}, parquet_version {['v1', 'v2'][i // 6 % 2]}, row_group_size {r.choice([2048, 100000])})")
            keep(f'duck{i}')
            t = table(900, leaves[:-1] + more[:1] + more[4:5] + more[8:10], maps=False)
            pl.from_arrow(t).write_parquet(f'{out}/pl{i}.parquet', compression=['snappy', 'zstd', 'gzip', 'uncompressed', 'brotli', 'lz4'][i % 6],
                statistics=r.choice([True, False, 'full']), row_group_size=r.choice([None, 300]), data_page_size=r.choice([None, 400]))
            keep(f'pl{i}')
            d = datasets.Dataset(table(900, leaves + more[:1] + more[4:7], maps=False)); d.to_parquet(f'{out}/ds{i}.parquet'); keep(f'ds{i}')
        """#
