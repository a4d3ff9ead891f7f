"""Runs in Pyodide, started by compile.cjs, which gives `names`: writes smaller copies of /work's
files to /work/small.

Python's source is compiled where a lesson's start imports it. The rest stays source, which is
smaller than bytecode.
"""

import contextlib
import io
import py_compile
import re
import sys
import tempfile
import zipfile
from pathlib import Path

SITE, LIBRARY = "/lib/python3.12/site-packages/", "/lib/python312.zip/"
# What no lesson needs: tests, sample data, fonts of other families, front ends that JupyterLite
# already has. Formulas look for DejaVu Sans Mono, and Matplotlib complains when it is not there.
UNNEEDED = re.compile(
    r"/tests?/|\.data/|^matplotlib/mpl-data/(sample_data|images)/|^matplotlib/backends/web_backend/|"
    r"fonts/(afm|pdfcorefonts)/|fonts/ttf/DejaVu(Serif|SansMono-)|"
    r"^numpy.*\.pyi$|^numpy/f2py/|\.(pxd|h|lib)$|/RECORD$|^dateutil/zoneinfo/.*gz$|^prompt_toolkit/contrib/|"
    r"^(test|idlelib|lib2to3|ensurepip|turtledemo)/"
)
OURS = ("helpers/", "lessons/")

# What is put in the place of what, by file.
MENDS = {
    # Pyodide gives the page an undefined for a None, which a widget takes for "not said": a row of
    # buttons of which none is down any more kept the last one down. JSON makes a null of a None, as
    # a JupyterLab's kernel sends it.
    "pyodide_kernel/comm.py": {
        b"import comm\n": b"import json\n\nimport comm\nfrom js import JSON\n",
        b"content = dict(data=data, comm_id=self.comm_id, **keys)": (
            b"content = JSON.parse(json.dumps(dict(data=data, comm_id=self.comm_id, **keys)))"
        ),
    },
    # Jedi is left out.
    "pyodide_kernel/interpreter.py": {b"use_jedi = True": b"use_jedi = False"},
}


def start():
    """Do what a lesson does first, and return the files of the modules that were imported for
    it.
    """
    for path in Path(SITE).rglob("*"):
        if path.is_file() and UNNEEDED.search(str(path).removeprefix(SITE)):
            path.unlink()
    # Matplotlib says that it lists the fonts.
    with contextlib.redirect_stderr(io.StringIO()):
        import IPython.core.completer  # noqa: F401
        import micropip  # noqa: F401

        import helpers

        helpers.explore(helpers.sigmoid)._repr_mimebundle_()
        helpers.card(helpers.sigmoid)
    return {
        module.__file__
        for module in sys.modules.values()
        if getattr(module, "__file__", None)
    }


def compiled(source, name):
    """Return a module's bytecode, which is taken as it is: nobody asks whether its source has
    changed.
    """
    with tempfile.TemporaryDirectory() as home:
        plain, result = Path(home, "module.py"), Path(home, "module.pyc")
        plain.write_bytes(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(
            plain, result, dfile=name, doraise=True, invalidation_mode=mode
        )
        return result.read_bytes()


def mended(source, name):
    """Return a module's source with what MENDS puts into it, or raise ValueError when it is another
    than it was.
    """
    for old, new in MENDS.get(name, {}).items():
        if source.count(old) != 1:
            raise ValueError(
                f"{name} is not the one that site/in_pyodide.py mends: look whether it has to."
            )
        source = source.replace(old, new)
    return source


def _other_language(path, used):
    """Tell whether a file teaches Pygments to colour a language that is not Python."""
    return (
        "/pygments/lexers/" in path
        and not path.endswith("_mapping.py")
        and path not in used
    )


def shrink(name, used):
    """Write a copy of a wheel, or of the standard library, with bytecode for source and without
    what nobody needs.
    """
    home = SITE if name.endswith(".whl") else LIBRARY
    with (
        zipfile.ZipFile(f"/work/{name}") as old,
        zipfile.ZipFile(f"/work/small/{name}", "w") as new,
    ):
        for item in old.infolist():
            data, target = old.read(item), item.filename
            if (
                item.is_dir()
                or UNNEEDED.search(target)
                or _other_language(home + target, used)
            ):
                continue
            data = mended(data, target)
            # The one in the wheel is for another release, and not read.
            if target == "matplotlib/fontlist.json":
                data = Path(SITE, target).read_bytes()
            if target.endswith(".py") and (
                home + target in used or target.startswith(OURS)
            ):
                data, target = compiled(data, home + target), f"{target}c"
            # Of no date, so that the same files make the same archive.
            entry = zipfile.ZipInfo(target)
            new.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


modules = start()
for name in names:  # noqa: F821
    shrink(name, modules)
