internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelHub
internal import DistilabelModels

/// `distilabel dataset push`.
struct DatasetPushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Push a dataset to the Hugging Face Hub.",
        discussion: """
            All configurations and splits, the card, pipeline.yaml and pipeline.log go up in one commit; shards of the same splits that an earlier push \
            left are removed. What the repository has already is not sent again, so a push that was cut off goes on with the same command.

            EXAMPLES
              distilabel dataset push out/math acme/math --private
              distilabel dataset push out/math acme/math --create-pr --commit-message "More rows"
            """)

    @Argument(
        help: ArgumentHelp("A folder that `pipeline run` wrote, another of such files, or a file.", valueName: "path"))
    var path: String

    @Argument(help: ArgumentHelp("The repository, made where it is missing.", valueName: "owner/name"))
    var repository: String

    @Option(help: ArgumentHelp("The message of the commit.", valueName: "text"))
    var commitMessage = "Upload dataset"

    @Flag(help: "A repository that is made is seen by its owner only.")
    var `private` = false

    @Option(
        help: ArgumentHelp(
            "The branch, made where it is missing, or refs/pr/N for an open pull request.", valueName: "name"))
    var revision = "main"

    @Flag(help: "Open a pull request instead of changing the branch.")
    var createPr = false

    @OptionGroup var token: TokenOption

    func run() async throws {
        let console = Console.current
        let distiset = try Distiset.load(from: path)
        let options = HubCommitOptions(message: commitMessage, revision: revision, opensPullRequest: createPr)
        let upload = try await HubSession.run(token: token.secret, environment: console.environment) {
            try await distiset.pushToHub(
                repository, client: $0, options: options, isPrivate: self.private ? true : nil)
        }
        console.output(HubText.pushed(upload))
    }
}

/// `distilabel dataset pull`.
struct DatasetPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Get a dataset from the Hugging Face Hub.",
        discussion: """
            Files are downloaded into the cache that Python's huggingface_hub uses too, unless they are there; a download that was cut off goes on.

            EXAMPLE
              distilabel dataset pull acme/math --output out/math
            """)

    @Argument(help: ArgumentHelp("The repository.", valueName: "owner/name"))
    var repository: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The folder; the repository's name unless said otherwise.", valueName: "dir"))
    var output: String?

    @Option(help: "The format of the files.")
    var format = DatasetFormat.parquet

    @Flag(help: "Replace the dataset that lies in the folder.")
    var overwrite = false

    @Option(help: ArgumentHelp("Only this configuration.", valueName: "name"))
    var config: String?

    @Option(help: ArgumentHelp("Only this split.", valueName: "name"))
    var split: String?

    @Option(help: ArgumentHelp("A branch, a tag or a commit.", valueName: "name"))
    var revision = "main"

    @OptionGroup var token: TokenOption

    func run() async throws {
        let console = Console.current
        let name = try HubRepository(repository).name
        let folder = output ?? name
        let distiset = try await HubSession.run(token: token.secret, environment: console.environment) {
            try await Distiset.load(
                fromHub: repository, client: $0, revision: revision, configuration: config, split: split)
        }
        try distiset.save(to: folder, format: format, existing: overwrite ? .replace : .refuse)
        console.output("\(RunText.count(distiset.rowCount, "row")) in \(folder)\n")
    }
}
