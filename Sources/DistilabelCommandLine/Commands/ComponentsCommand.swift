internal import ArgumentParser
internal import Distilabel
internal import DistilabelValues

/// `distilabel components`.
struct ComponentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "components", abstract: "Look up steps, tasks and models, and their parameters.",
        subcommands: [List.self, Show.self])

    /// `distilabel components list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the components, a line each.")

        @Option(help: "Only those of one kind.")
        var kind: ComponentKind?

        func run() async throws {
            let console = Console.current
            console.output(
                ComponentText.list(
                    console.registry.entries, kind: kind, width: min(console.size().columns, 120),
                    style: console.outputStyle))
        }
    }

    /// `distilabel components show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a component: what it does, its parameters and columns.",
            discussion: """
                EXAMPLE
                  distilabel components show UltraFeedback
                """)

        @Argument(help: "Its name, as in a pipeline's file.")
        var name: String

        func run() async throws {
            let console = Console.current
            let registry = console.registry
            guard let entry = registry.entry(named: name) else {
                let missing = ComponentCoding.missing(name, registry: registry)
                let isHelpful = missing.suggestion != nil || registry.advice(onAbsent: name) != nil
                throw Complaint(
                    "\(missing)\(isHelpful ? "" : "; see `distilabel components list`")", status: .misused)
            }
            console.output(
                try ComponentText.description(
                    of: entry, width: min(console.size().columns, 120), style: console.outputStyle))
        }
    }
}

extension ComponentKind: ExpressibleByArgument {}
