#ifndef DISTILABEL_CLLAMA_SHIM_H
#define DISTILABEL_CLLAMA_SHIM_H

#include <llama.h>
#include <gguf.h>

#endif
