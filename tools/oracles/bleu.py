"""BLEU by sacrebleu 2.6: tokens, corpus scores and sentence scores of sentences with whatever a tokenizer may meet.

    python3 -m pip install sacrebleu
    python3 tools/oracles/bleu.py > tools/oracles/bleu.json
"""

import itertools
import json

from sacrebleu.metrics import BLEU
from sacrebleu.metrics.bleu import _get_tokenizer

SENTENCES = [
    "The dog bit the man.",
    "It wasn't surprising: 1,000.50 dollars, 3.5% and 10-20, in 2004.",
    "He said &quot;yes&quot; &amp;lt; 5 &gt; 4 &amp; left.\n",
    "A hy-\nphen and a\nnewline <skipped>, [brackets] {braces} ~tilde^ `ticks` \\ / @ # _ * + = | ; ?!",
    "Größe über 5€, „Anführung“ – Gedankenstrich… ½ m² ①, ٣٫٥.",
    "日本語の文。これは、テストです！１２３，４５６",
    "emoji 😀👍🏽, flags 🇩🇪. maths ∑x² ≤ ∞; £5 $6 5¢",
    "  leading\tand trailing\u00a0spaces \u3000 ",
    "İstanbul ΣΊΣΥΦΟΣ ǅ STRASSE",
    ".,.5,.a 1.a a.1 1,2.3. -5 5-a 5- -",
    "No one was surprised by what the man had bitten in the garden.",
    "",
]
HYPOTHESES = [
    "The dog bit the man.",
    "It was not surprising: 1000.50 dollars, 3.5 % and 10-20, in 2004.",
    "He said yes < 5 > 4 & left.",
    "A hyphen and a newline, [brackets] {braces} ~tilde^ ticks / @ # _ * + = | ; ?!",
    "Größe über 5 €, \"Anführung\" - Gedankenstrich... 1/2 m² ①, 3,5.",
    "日本語の文、これはテストです！１２３，４５",
    "emoji 😀 👍🏽 flags 🇩🇪. maths ∑x² ≤ ∞; £5 $6 5 ¢",
    "leading and trailing spaces",
    "istanbul ΣΊΣΥΦΟΣ ǅ Strasse",
    ".,.5 a 1.a a.1 1,2.3. -5 5-a",
    "Nobody was surprised by the man in the garden who had bitten the dog.",
    "nothing",
]
SECOND = [None if i % 3 == 2 else sentence.replace("the", "a") for i, sentence in enumerate(SENTENCES)]
TOKENIZERS = ("13a", "intl", "char", "none")
SMOOTHINGS = [("exp", None), ("floor", None), ("floor", 0.5), ("add-k", None), ("add-k", 2), ("none", None)]


def score(hypotheses, references, options):
    names = {"tokenize": "tokenize", "smooth": "smooth_method", "smoothValue": "smooth_value", "maxOrder": "max_ngram_order"}
    names |= {"lowercase": "lowercase", "effectiveOrder": "effective_order"}
    bleu = BLEU(**{names[option]: value for option, value in options.items()})
    result = bleu.corpus_score(hypotheses, references)
    return {
        "score": result.score,
        "precisions": result.precisions,
        "brevityPenalty": result.bp,
        "hypothesisLength": result.sys_len,
        "referenceLength": result.ref_len,
        "signature": bleu.get_signature().format().rsplit("|", 1)[0],
    }


def grid():
    for tokenize, (smooth, value), order in itertools.product(TOKENIZERS, SMOOTHINGS, (4, 2)):
        options = {"tokenize": tokenize, "smooth": smooth, "maxOrder": order}
        yield options if value is None else {**options, "smoothValue": value}
    yield {"lowercase": True}
    yield {"effectiveOrder": True}


corpora = [
    {"references": references, "options": options}
    | {"expected": score(HYPOTHESES, [SENTENCES, SECOND] if references == 2 else [SENTENCES], options)}
    for options in grid()
    for references in (1, 2)
]
sentences = [
    {"index": i, "options": options}
    | {"expected": score([HYPOTHESES[i]], [[SENTENCES[i]]], {"effectiveOrder": True, **options})}
    for i in (0, 1, 7, 8, 9, 10)
    for options in ({}, {"smooth": "floor"}, {"smooth": "add-k"}, {"smooth": "none"}, {"effectiveOrder": False})
]
tokens = [
    {name: _get_tokenizer(name)()(sentence.rstrip()).split() for name in TOKENIZERS} for sentence in SENTENCES + HYPOTHESES
]
print(
    json.dumps(
        {
            "references": [SENTENCES, SECOND],
            "hypotheses": HYPOTHESES,
            "tokens": tokens,
            "corpora": corpora,
            "sentences": sentences,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
)
