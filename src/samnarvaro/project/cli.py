"""The command line. Figures and lists on stdout, progress and sentences on stderr.

Exit codes: 0 all good; 1 some or all rows faulty; 2 nothing could be done with the file, the
arguments or the settings, or the guard stopped it, and nothing is written.
"""

import os

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="samnarvaro")
def samnarvaro() -> None:
    """Samnärvaro: närvaron, trappan och vems tur det är."""


def main() -> None:
    """Start the command line: settings first, so that a wrong one is told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samnarvaro.project.settings")
    import django

    django.setup()
    from samnarvaro.project import commands  # its commands need the models

    for command in commands.ALL:
        samnarvaro.add_command(command)
    samnarvaro(prog_name="samnarvaro")
