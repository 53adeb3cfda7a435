// Whoever writes a pipeline needs all of these at once: the steps and tasks to name in it, the models that answer, the values that
// its rows hold, the graph that it is, the events of a run and the dataset that comes out.
@_exported public import DistilabelDatasets
@_exported public import DistilabelEngine
@_exported public import DistilabelHub
@_exported public import DistilabelLlama
@_exported public import DistilabelModels
@_exported public import DistilabelPipeline
@_exported public import DistilabelProviders
@_exported public import DistilabelSteps
@_exported public import DistilabelTasks
@_exported public import DistilabelValues
