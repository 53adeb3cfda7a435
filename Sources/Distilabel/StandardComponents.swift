internal import DistilabelLlama
internal import DistilabelProviders
internal import DistilabelSteps
internal import DistilabelTasks
public import DistilabelValues

extension ComponentRegistry {
    /// Every step, task and model that comes with the package; of Python's others it knows what takes their place.
    ///
    ///     var registry = ComponentRegistry.standard
    ///     registry.register(Shout.self)
    public static let standard: ComponentRegistry = {
        var registry = ComponentRegistry()
        registry.register(ProviderModels.all)
        #if Llama
            registry.register(LlamaModels.all)
        #endif
        registry.register(StandardSteps.all)
        registry.register(StandardTasks.all)
        for (name, advice) in AbsentComponents.advice { registry.note(absent: name, advice: advice) }
        return registry
    }()
}
