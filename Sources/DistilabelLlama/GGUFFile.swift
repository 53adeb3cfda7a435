#if Llama
    internal import CLlama

    #if canImport(Darwin)
        internal import Darwin
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Glibc
    #endif

    /// The checks of a model file that are made before llama.cpp is given it.
    enum GGUFFile {
        /// Refuses a file that is missing, is no GGUF file, or ends before the last of its tensors.
        static func check(path: String) throws(LlamaError) {
            LlamaLog.install()
            LlamaLog.clearErrors()
            guard let file = fopen(path, "rb") else {
                throw LlamaError(
                    .fileMissing, "no model file can be read at \(path): \(String(cString: strerror(errno)))")
            }
            defer { fclose(file) }
            var magic: [UInt8] = [0, 0, 0, 0]
            guard fread(&magic, 1, 4, file) == 4, magic == Array("GGUF".utf8) else {
                throw LlamaError(
                    .fileInvalid, "\(path) is not a GGUF file; a model for llama.cpp starts with the letters GGUF")
            }
            guard fseek(file, 0, SEEK_END) == 0 else {
                throw LlamaError(.fileMissing, "the model file \(path) cannot be read to its end")
            }
            let size = Int(ftell(file))
            guard let header = gguf_init_from_file(path, gguf_init_params(no_alloc: true, ctx: nil)) else {
                throw LlamaError(
                    .fileInvalid,
                    "the header of the model file \(path) is damaged or breaks off; fetch the file again"
                        + (LlamaLog.recentErrors.map { " (\($0))" } ?? ""))
            }
            defer { gguf_free(header) }
            var end = 0
            for tensor in 0..<gguf_get_n_tensors(header) {
                end = max(end, Int(gguf_get_tensor_offset(header, tensor)) + Int(gguf_get_tensor_size(header, tensor)))
            }
            let needed = Int(gguf_get_data_offset(header)) + end
            guard needed <= size else {
                throw LlamaError(
                    .fileInvalid,
                    "the model file \(path) is truncated: it has \(size) bytes and should have \(needed); fetch it again"
                )
            }
        }
    }

#endif
