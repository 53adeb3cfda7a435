// Writes a model with its weights in another quantisation: requantize FROM TO. Built and run by setup-model --fast.
#include <llama.h>

int main(int count, char ** arguments) {
    if (count != 3) {
        return 2;
    }
    llama_backend_init();
    struct llama_model_quantize_params parameters = llama_model_quantize_default_params();
    parameters.ftype = LLAMA_FTYPE_MOSTLY_Q4_0;
    parameters.allow_requantize = true;
    return llama_model_quantize(arguments[1], arguments[2], &parameters) == 0 ? 0 : 1;
}
