"""JupyterLab, opened on a student's folder with the course's settings."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from autorev_lib import errors
from autorev_lib.tools import workspace


def last_used(folder):
    """The name of the notebook that was saved last since files were written here, or None."""
    try:
        written = (folder / workspace.RECORD).stat().st_mtime
        saved = max((path.stat().st_mtime, path.name) for path in folder.glob("*.ipynb"))
    except (OSError, ValueError):  # there is no record, or no notebook
        return None
    return saved[1] if saved[0] > written else None


def running_at(folder, file):
    """The address of a file in the JupyterLab that is open on a folder, or None."""
    if find_spec("jupyter_server") is None:
        return None
    from jupyter_server.serverapp import list_running_servers

    here = str(Path(folder).resolve())
    found = (server for server in list_running_servers() if server["root_dir"] == here)
    return next((f"{server['url']}lab/tree/{file}?token={server['token']}" for server in found), None)


def open_lab(folder, file, browser):
    """Become JupyterLab in a folder, with a file of it open; does not return.

    Its question about news and its update check are off, and its log says only how to reach it, and errors.

    Raises:
        AutorevError: JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise errors.AutorevError(
            f"the notebooks are in {folder}, but JupyterLab is not installed", errors.INSTALL_LAB
        )
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path(folder).resolve()}"]
    command += [f"--LabApp.default_url=/lab/tree/{file}", "--log-level=ERROR"]
    if not browser:
        command.append("--no-browser")
    # Without a command of its own the terminal is a login shell where this is no terminal, and forgets PATH.
    if os.name == "posix":
        command.append(f"--ServerApp.terminado_settings={{'shell_command': ['{_shell()}']}}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in most containers, where Jupyter would refuse
        command.append("--allow-root")
    # So that `autorev` is found in JupyterLab's own terminal, too.
    commands = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"JUPYTER_CONFIG_PATH": _config_path(), "PATH": commands}
    os.chdir(folder)
    sys.stdout.flush()
    if os.name == "nt":  # Windows cannot replace a process
        sys.exit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)


def _shell():
    return os.environ.get("SHELL") or shutil.which("bash") or "sh"


def _config_path():
    """Where Jupyter looks for settings first: our defaults, which a student's own settings still override."""
    ours = str(Path(__file__).parent / "_jupyter")
    theirs = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([ours, theirs] if theirs else [ours])
