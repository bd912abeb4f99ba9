"""Faults of outputs, each with the message that it ends in, or with what is right instead."""

import os
import shutil
from pathlib import Path

import broken_repository as put
from what_is_right import as_before

from helpers.machinery.outputs import manifest

OF_OUTPUTS = {
    "a page edited": (put.output("index.html", put.longer), "article: index.html was edited"),
    "an executed notebook edited": (
        put.output("notebooks/two.ipynb", put.longer),
        "article: notebooks/two.ipynb was edited",
    ),
    "a table edited": (
        put.output("data/counts.csv", put.longer),
        "article: data/counts.csv was edited",
    ),
    "a page missing": (put.output("sources.html", Path.unlink), "article: sources.html is missing"),
    "the report missing": (
        put.output("report.html", Path.unlink),
        "article: report.html is missing",
    ),
    "a foreign pipe": (put.output("more.html", os.mkfifo), "article: more.html is no plain file"),
    "a link to nothing": (
        put.output("more.html", lambda file: file.symlink_to("/no/such")),
        "article: more.html is no plain file",
    ),
    "a link to a folder": (
        put.output("more", lambda file: file.symlink_to("/")),
        "article: more is no plain file",
    ),
    "a page that is a link to what it was": (
        put.output(
            "index.html",
            lambda file: (file.rename(file.parents[2] / "kept"), file.symlink_to("../../kept")),
        ),
        "article: index.html is no plain file",
    ),
    "an empty folder": (put.output("more", Path.mkdir), "article: more is no plain file"),
    "a file beside the outputs": (
        lambda here: (here.outputs / "more.html").touch(),
        "more.html is foreign",
    ),
    "a hidden folder beside the outputs": (
        lambda here: (here.outputs / ".more").mkdir(),
        ".more is foreign",
    ),
    "a file beside comparisons": (
        lambda here: ((here.outputs / "compare").mkdir(), (here.outputs / "compare/x").touch()),
        "compare/x is foreign",
    ),
    "outputs that are a link": (
        lambda here: (
            (here.outputs / "article").rename(here.root / "elsewhere"),
            (here.outputs / "article").symlink_to(here.root / "elsewhere"),
        ),
        "article is foreign",
    ),
    "a file named like a stale notebook": (
        put.every(put.output("notebooks/two.ipynb (1)", Path.touch), put.cells("2")),
        (
            "article: notebooks/two.ipynb (1) is foreign…notebooks/two.ipynb is stale:"
            " notebooks/two.ipynb changed"
        ),
    ),
    "a page that is not mailed and its manifest edited": (
        put.every(put.output("index.html", put.longer), put.sealed),
        "article: the files together are not those that README.md states",
    ),
    "a foreign file": (put.output("more.html", Path.touch), "article: more.html is foreign"),
    "the sums edited": (
        put.output(manifest.SUMS, put.longer),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the sums not UTF-8": (
        put.output(manifest.SUMS, lambda file: file.write_bytes(b"\xff")),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the sums missing": (
        put.output(manifest.SUMS, Path.unlink),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the manifest edited": (
        put.output(manifest.NAME, put.longer),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the manifest missing": (
        put.output(manifest.NAME, Path.unlink),
        "article: manifest.json is missing or cannot be read",
    ),
    "the manifest empty": (
        put.output(manifest.NAME, lambda file: file.write_text("")),
        "article: manifest.json is missing or cannot be read",
    ),
    "the manifest of another shape": (
        put.output(manifest.NAME, lambda file: file.write_text("[]")),
        "article: manifest.json is missing or cannot be read",
    ),
    "a page and its manifest edited": (
        put.every(put.output("report.html", put.longer), put.sealed),
        "article: report.html is not the one that README.md states",
    ),
    "verdicts and their manifest edited": (
        put.every(put.output("claims.json", put.longer), put.sealed),
        "article: claims.json is not the one that README.md states",
    ),
    "the report taken out of the manifest": (
        put.every(put.output("report.html", Path.unlink), put.sealed),
        "article: report.html is not the one that README.md states",
    ),
    "a notebook and its manifest edited": (
        put.every(
            put.output("notebooks/two.ipynb", put.other("<p>two</p>", "<p>six</p>")),
            put.sealed,
            put.reproduce("--force"),
        ),
        as_before,
    ),
    "a page edited, and a run after it": (
        put.every(put.output("index.html", put.longer), put.reproduce()),
        as_before,
    ),
    "a README that is no UTF-8": (
        lambda here: (here.root / "README.md").write_bytes(b"\n\ncaf\xe9"),
        "README.md:3: the file is not UTF-8. Save it as UTF-8",
    ),
    "a README without digests": (
        lambda here: (here.root / "README.md").write_text("# Willing and Able?"),
        "article: report.html is not the one that README.md states",
    ),
    "no README": (
        lambda here: (here.root / "README.md").unlink(),
        "No such file or directory: …README.md",
    ),
    "a table changed since": (
        put.longer_input("data/counts.csv"),
        "article: every page is stale: data/counts.csv changed",
    ),
    "the text of a claim changed since": (
        put.text("claims", "34 countries take part", "35 countries take part"),
        "article: every page is stale: data/claims.csv changed",
    ),
    "a helper changed since": (
        put.longer_input(put.HELPER),
        (
            f"article: notebooks/one.ipynb is stale: {put.HELPER} changed…every page is stale:"
            f" {put.HELPER} changed"
        ),
    ),
    "a helper added since": (
        lambda here: (here.root / "helpers/new.py").touch(),
        "article: notebooks/one.ipynb is stale: helpers/new.py changed",
    ),
    "a helper gone since": (
        lambda here: (here.root / put.HELPER).unlink(),
        f"article: notebooks/one.ipynb is stale: {put.HELPER} changed",
    ),
    "a notebook changed since": (
        put.cells("2"),
        "article: notebooks/two.ipynb is stale: notebooks/two.ipynb changed",
    ),
    "the lock changed since": (
        put.longer_input(put.LOCK),
        f"article: notebooks/one.ipynb is stale: {put.LOCK} changed",
    ),
    "the scenarios changed since": (
        put.longer_input("notebooks/scenarios.yml"),
        "article: notebooks/one.ipynb is stale: notebooks/scenarios.yml changed",
    ),
    "the contract changed since": (
        put.longer_input("data/datapackage.json"),
        "article: notebooks/one.ipynb is stale: data/datapackage.json changed",
    ),
    "outputs of another Python": (
        put.of_python("3.9.1"),
        "article: notebooks/one.ipynb is stale: Python was 3.9.1",
    ),
    "outputs under another name": (
        lambda here: shutil.copytree(here.outputs / "article", here.outputs / "read-only"),
        "read-only: notebooks/one.ipynb is stale: the parameters are others",
    ),
    "outputs of no scenario": (
        lambda here: shutil.copytree(here.outputs / "article", here.outputs / "old"),
        "old: unknown scenario 'old'. There are article, read-only.",
    ),
    "no outputs": (
        lambda here: shutil.rmtree(here.outputs / "article"),
        "there are no outputs to verify; make reproduce makes them",
    ),
}
