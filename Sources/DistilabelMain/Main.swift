internal import DistilabelCommandLine

/// The command `distilabel`; all of it lives in `DistilabelCommandLine`, where tests reach it.
@main
enum Main {
    static func main() async {
        await DistilabelCommand.main()
    }
}
