"""Points every link of the repository at its public address, which stands once, in pyproject.toml.

python tests/links.py owner/name
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
# The sites that address a GitHub repository by its owner and name.
ADDRESS = re.compile(
    r"(?:https://github\.com|https://raw\.githubusercontent\.com|https://mybinder\.org/v2/gh|"
    r"https://nbviewer\.org/github|https://colab\.research\.google\.com/github)/([\w-]+/[\w.-]*\w)"
)
# The web site that GitHub makes of a repository.
PAGES = re.compile(r"https://([A-Za-z0-9-]+)\.github\.io/([\w.-]*\w)")
# What the README tells the owner as long as the links have none.
NOTE = re.compile(r"^> For the owner: .*\n\n", re.MULTILINE)


def repository(root=ROOT):
    """Return the owner/name that pyproject.toml gives."""
    urls = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]["urls"]
    return urls["Repository"].removeprefix("https://github.com/")


def files(root=ROOT):
    """Return the files that may link to the repository."""
    return [
        root / "pyproject.toml",
        root / "README.md",
        *sorted((root / "notebooks").glob("*.ipynb")),
    ]


def own_links(text, own):
    """Return the owner/name in every link of the text that means this repository or the
    placeholder's.
    """
    short = own.partition("/")[2]
    names = [
        *ADDRESS.findall(text),
        *("/".join(pages) for pages in PAGES.findall(text)),
    ]
    return [n for n in names if n.partition("/")[2] == short or n.startswith("OWNER/")]


def rewrite(new, root=ROOT):
    """Return the files whose links pointed elsewhere and now point at the new owner/name."""
    old, changed = repository(root), []
    site = f"https://{new.replace('/', '.github.io/', 1)}"
    for path in files(root):
        before = path.read_bytes().decode("utf-8")
        after = ADDRESS.sub(
            lambda link: link[0].replace(old, new) if link[1] == old else link[0],
            before,
        )
        after = PAGES.sub(
            lambda link: site if f"{link[1]}/{link[2]}" == old else link[0], after
        )
        if not new.startswith("OWNER/"):
            after = NOTE.sub("", after)
        if after != before:
            path.write_text(after, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def main(arguments, root=ROOT):
    """Return the exit status: 0 when the links point at the repository that was given."""
    if len(arguments) != 1 or not NAME.fullmatch(arguments[0]):
        print(
            "Say which repository, by its owner and name on GitHub: make links REPO=owner/name",
            file=sys.stderr,
        )
        return 1
    changed = rewrite(arguments[0], root)
    print(
        f"{len(changed)} files now link to https://github.com/{repository(root)}",
        *changed,
        sep="\n  ",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
