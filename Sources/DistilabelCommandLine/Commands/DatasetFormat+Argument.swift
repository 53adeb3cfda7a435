public import ArgumentParser
public import DistilabelDatasets

extension DatasetFormat: ExpressibleByArgument {}
