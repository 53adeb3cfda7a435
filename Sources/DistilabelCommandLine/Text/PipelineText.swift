internal import Distilabel
internal import DistilabelPipeline

/// A pipeline in words.
enum PipelineText {
    /// `math-preference, 8 steps, 9 connections`.
    static func size(of pipeline: Pipeline) -> String {
        "\(pipeline.name), \(RunText.count(pipeline.members.count, "step")), "
            + RunText.count(pipeline.edges.count, "connection")
    }

    /// Its name, its graph, and the columns of its dataset.
    static func description(of pipeline: Pipeline, style: Style) -> String {
        var text = style.bold(pipeline.name) + "\n"
        if let description = pipeline.description, !description.isEmpty { text += description + "\n" }
        text += "\n" + PipelineDrawing.text(pipeline) + "\n"
        let columns = pipeline.columnsByStep ?? [:]
        let leaves = pipeline.leaves
        for leaf in leaves {
            let name = leaves.count == 1 ? "default" : leaf.name
            let set = columns[leaf.name] ?? ColumnSet([])
            text += style.bold("dataset") + " \(name): \(set.names.joined(separator: ", "))"
            text += (set.isOpen ? (set.names.isEmpty ? "columns that show when it runs" : ", …") : "") + "\n"
        }
        return text
    }
}
