"""Prints preference rows as a pipeline leaves them, for the checks and measures beside this file: rows.py COUNT"""
import json
import random
import sys

WORDS = "prime number divisor theorem square triangle proof lemma über naïve 数学 function integral because therefore".split()
MODELS = ["small-model", "middle-model", "large-model"]


def text(size):
    return " ".join(random.choice(WORDS) for _ in range(max(1, int(random.lognormvariate(size, 0.7)))))


def turn(role, content):
    return {"role": role, "content": content}


def main(count):
    random.seed(7)
    for _ in range(count):
        instruction = text(2.2) if random.random() > 0.05 else "What is a prime number?"
        answers = [text(3 + 0.3 * model) for model in range(3)]
        ratings = [random.randint(1, 5) for _ in answers]
        models = random.sample(MODELS, 3)
        best, worst = ratings.index(max(ratings)), ratings.index(min(ratings))
        start = ([turn("system", "Be brief.")] if random.random() < 0.3 else []) + [turn("user", instruction)]
        metadata = {"statistics_judge": {"input_tokens": random.randint(100, 900), "output_tokens": random.randint(10, 300)}}
        row = {"source": "math", "instruction": instruction, "generations": answers, "generation_models": models, "ratings": ratings}
        if ratings[best] > ratings[worst]:
            row["prompt"] = instruction
            for name, index in [("chosen", best), ("rejected", worst)]:
                row[name] = start + [turn("assistant", answers[index])]
                row[name + "_model"], row[name + "_rating"] = models[index], ratings[index]
        else:
            row.update(dict.fromkeys(
                ["prompt", "chosen", "chosen_model", "chosen_rating", "rejected", "rejected_model", "rejected_rating"]))
            metadata["failure_format_dpo"] = "all ratings are equal, so no answer can be preferred"
        print(json.dumps(dict(row, distilabel_metadata=metadata), ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))
