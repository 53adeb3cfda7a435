import Distilabel
import MathPreference

let pipeline = try mathPreference()
let distiset = try await pipeline.run()
print(distiset)
