"""Lets the trainers' own libraries read and train on what `distilabel dataset convert` wrote.

    check.py FOLDER

FOLDER has a dataset a form: trl, trl-plain, messages, messages-plain, kto, kto-plain, alpaca, sharegpt, and `dpo` as the formatting
step leaves it. A tiny model with random weights takes two steps of each TRL trainer on them, on the CPU. Nothing is downloaded.
"""
import glob
import importlib.util
import os
import sys
import tempfile
import types
import warnings

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1", CUDA_VISIBLE_DEVICES="", TOKENIZERS_PARALLELISM="false",
                  TRL_EXPERIMENTAL_SILENCE="1", HF_HOME=tempfile.mkdtemp())
warnings.filterwarnings("ignore")

import datasets
import torch
import transformers
import trl
from tokenizers import Tokenizer, models, pre_tokenizers
from trl.data_utils import (apply_chat_template, is_conversational, maybe_convert_to_chatml, maybe_extract_prompt,
                            maybe_unpair_preference_dataset)

transformers.logging.set_verbosity_error()
datasets.logging.set_verbosity_error()

TEMPLATE = (
    "{% for m in messages %}<{{ m['role'] }}>{% if m['role'] == 'assistant' %}{% generation %}{{ m['content'] }}</s>{% endgeneration %}"
    "{% else %}{{ m['content'] }}</s>{% endif %}{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}")


def load(folder, form):
    files = sorted(glob.glob(f"{folder}/{form}/default/train*"))
    kind = "parquet" if files[0].endswith(".parquet") else "json"
    return datasets.load_dataset(kind, data_files=files, split="train")


def tokenizer():
    marks = ["<pad>", "</s>", "<unk>", "<system>", "<user>", "<assistant>"]
    letters = [bytes([b]) for b in range(256)]
    vocabulary = {mark: i for i, mark in enumerate(marks)}
    for letter in pre_tokenizers.ByteLevel.alphabet():
        vocabulary[letter] = len(vocabulary)
    assert len(vocabulary) == len(marks) + len(letters)
    inner = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    from tokenizers import decoders
    inner.decoder = decoders.ByteLevel()
    result = transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", additional_special_tokens=marks[3:])
    result.chat_template = TEMPLATE
    return result


def model(words):
    torch.manual_seed(0)
    return transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=len(words), hidden_size=16, intermediate_size=32, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=2, pad_token_id=words.pad_token_id, eos_token_id=words.eos_token_id, bos_token_id=None))


def train(trainer, config, rows, words, **more):
    with tempfile.TemporaryDirectory() as folder:
        arguments = config(
            output_dir=folder, max_steps=2, per_device_train_batch_size=4, report_to="none", use_cpu=True, bf16=False,
            disable_tqdm=True, log_level="error", save_strategy="no", logging_steps=1, **more)
        # Made here, since a model without a name cannot be loaded a second time.
        reference = {} if trainer is trl.SFTTrainer else {"ref_model": model(words)}
        run = trainer(model=model(words), args=arguments, train_dataset=rows, processing_class=words, **reference)
        run.remove_callback(transformers.PrinterCallback)
        run.train()
        losses = [entry["loss"] for entry in run.state.log_history if "loss" in entry]
    assert len(losses) == 2 and all(loss == loss and loss > 0 for loss in losses), losses
    return f"2 steps, loss {losses[0]:.3f}"


def main(folder):
    words = tokenizer()
    print(f"trl {trl.__version__}, transformers {transformers.__version__}, datasets {datasets.__version__}, torch {torch.__version__}")
    for form in ["dpo", "trl", "trl-plain"]:
        rows = load(folder, form)
        row = maybe_extract_prompt(rows[0])
        assert set(row) >= {"prompt", "chosen", "rejected"}, row.keys()
        assert is_conversational(row) == (form != "trl-plain")
        if form != "trl-plain":
            assert row["prompt"][-1]["role"] == "user" and row["chosen"][0]["role"] == "assistant", row
            assert "chosen" in apply_chat_template({k: row[k] for k in ["prompt", "chosen", "rejected"]}, words)
        if form == "trl":
            unpaired = maybe_unpair_preference_dataset(rows)
            ours = load(folder, "kto")
            key = lambda row: repr((row["prompt"], row["completion"], row["label"]))
            assert sorted(map(key, unpaired)) == sorted(map(key, ours)), "KTO rows differ from what TRL makes of the pairs"
            print(f"kto: equal to what TRL's unpair_preference_dataset makes of the {len(rows)} pairs")
        if form == "dpo":
            # What the formatting step leaves has a text for a prompt beside whole conversations.
            try:
                train(trl.DPOTrainer, trl.DPOConfig, rows, words, max_length=512)
                print("dpo: DPOTrainer takes what the formatting step leaves as it is")
            except (AttributeError, TypeError) as error:
                print("dpo: DPOTrainer refuses a text in `prompt` beside conversations:", error)
            rows = rows.remove_columns("prompt")
            form = "dpo without its column prompt"
        print(f"{form}: DPOTrainer", train(trl.DPOTrainer, trl.DPOConfig, rows, words, max_length=512))
    for form in ["messages", "messages-plain"]:
        rows = load(folder, form)
        assert is_conversational(rows[0]) == (form == "messages")
        print(f"{form}: SFTTrainer", train(trl.SFTTrainer, trl.SFTConfig, rows, words, max_length=512))
    for form in ["kto", "kto-plain"]:
        rows = load(folder, form)
        assert is_conversational(rows[0]) == (form == "kto")
        print(f"{form}: KTOTrainer", train(trl.KTOTrainer, trl.KTOConfig, rows, words, max_length=512))
    # TRL keeps the speakers as roles, which few chat templates know; the names are all that differs.
    rows = load(folder, "sharegpt").map(maybe_convert_to_chatml, remove_columns=["conversations"])
    roles = {"human": "user", "gpt": "assistant"}
    read = [[{"role": roles.get(t["role"], t["role"]), "content": t["content"]} for t in turns] for turns in rows["messages"]]
    assert read == load(folder, "messages")["messages"][:], "ShareGPT read by TRL differs from messages"
    print(f"sharegpt: {len(rows)} rows equal to messages once TRL's maybe_convert_to_chatml has read them (it keeps human and gpt as roles)")
    rows = load(folder, "alpaca")
    assert rows.column_names == ["instruction", "input", "output"] and all(isinstance(t, str) for t in rows[0].values())
    llama_factory(folder)


def llama_factory(folder):
    """LLaMA-Factory's readers of Alpaca and ShareGPT, where the package is there (pip install --no-deps llamafactory)."""
    place = importlib.util.find_spec("llamafactory")
    if place is None:
        print("alpaca, sharegpt: LLaMA-Factory is not there")
        return
    # Its converters alone: the rest of the package wants libraries for pictures and sound.
    for name in ["llamafactory", "llamafactory.data", "llamafactory.extras"]:
        package = types.ModuleType(name)
        package.__path__ = [os.path.join(place.submodule_search_locations[0], *name.split(".")[1:])]
        sys.modules[name] = package
    from llamafactory.data.converter import AlpacaDatasetConverter, SharegptDatasetConverter
    from llamafactory.data.parser import DatasetAttr
    options = types.SimpleNamespace(media_dir=None)
    expected = load(folder, "messages")
    attributes = DatasetAttr("file", dataset_name="alpaca", formatting="alpaca", prompt="instruction", query="input", response="output")
    reader = AlpacaDatasetConverter(attributes, options)
    for row, turns in zip(load(folder, "alpaca"), expected):
        read = reader(row)
        assert read["_response"][0]["content"] == turns["messages"][-1]["content"]
        assert read["_prompt"][-1]["content"] == "\n\n".join(t["content"] for t in turns["messages"][:-1])
    attributes = DatasetAttr("file", dataset_name="sharegpt", formatting="sharegpt", messages="conversations")
    reader = SharegptDatasetConverter(attributes, options)
    for row, turns in zip(load(folder, "sharegpt"), expected):
        read = reader(row)
        assert read["_prompt"] + read["_response"] == [t for t in turns["messages"] if t["role"] != "system"]
        assert read["_system"] == "".join(t["content"] for t in turns["messages"] if t["role"] == "system")
    print(f"alpaca, sharegpt: {len(expected)} rows each read by LLaMA-Factory's converters as they were meant")


if __name__ == "__main__":
    main(sys.argv[1])
