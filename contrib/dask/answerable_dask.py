#!/usr/bin/env python3
"""Spreads a run of answerable over the machines of a Dask cluster.

The work is `answerable run --shard I/N`, done by whichever worker is free; the joining is `answerable merge`, done here.
A worker that is lost half-way loses its shard alone: Dask gives that to another one. The results are, byte for byte, those
of one run on one machine.

    python answerable_dask.py my-centre.toml --scheduler tcp://head:8786 --shards 40 --output output/my-centre

Every machine needs the same version of answerable, by the name given with --program. The scenario and the files it names
are sent along; no shared disk is needed.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

import cloudpickle
from distributed import Client, as_completed

# Workers need not have this file: what they are to do is sent to them.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


def packed(folder: Path, names: list[Path]) -> bytes:
    """Files of a folder as one archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name in names:
            archive.add(folder / name, arcname=name.as_posix())
    return buffer.getvalue()


def unpack(archive: bytes, folder: Path) -> None:
    """Writes an archive's files into a folder, and nowhere else."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def files_of(scenario: Path) -> list[Path]:
    """The scenario and the files beside it that it names: every text in it that is the path of a file."""

    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    folder = scenario.parent
    with open(scenario, "rb") as file:
        named = {Path(text) for text in texts(tomllib.load(file)) if text and "\n" not in text}
    beside = sorted(name for name in named if len(name.as_posix()) < 200 and (folder / name).is_file())
    return [Path(scenario.name), *(name for name in beside if name != Path(scenario.name))]


def shard(program: str, scenario: str, archive: bytes, number: int, of: int, options: list[str]) -> bytes:
    """Runs one shard on a worker; gives its part as an archive."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        unpack(archive, folder)
        command = [program, "run", scenario, "--shard", f"{number}/{of}", "--output", "part", "--quiet", *options]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"shard {number}/{of} ended with {done.returncode}: {done.stderr.strip()}")
        part = folder / "part"
        return packed(part, sorted(p.relative_to(part) for p in part.rglob("*") if p.is_file()))


def run(client: Client, scenario: Path, output: Path, shards: int, program: str, options: list[str], told=None) -> int:
    """Runs a scenario in shards on a cluster and merges them into `output`; gives the exit code of `merge`."""
    # With each task, not scattered: what is scattered is lost with the workers that hold it.
    archive = packed(scenario.parent, files_of(scenario))
    numbers = range(1, shards + 1)
    futures = {
        client.submit(shard, program, scenario.name, archive, number, shards, options, pure=False): number
        for number in numbers
    }
    with tempfile.TemporaryDirectory() as home:
        parts = Path(home)
        for done, future in enumerate(as_completed(futures), start=1):
            part = parts / str(futures[future])
            part.mkdir()
            unpack(future.result(), part)
            # The worker need not keep it.
            future.release()
            if told:
                told(done, shards)
        command = [program, "merge", *(str(parts / str(number)) for number in numbers), "--output", str(output)]
        return subprocess.run(command, check=False).returncode


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("scenario", type=Path, help="the scenario file")
    arguments.add_argument("--scheduler", help="address of the Dask scheduler; left out: workers on this machine")
    arguments.add_argument("--shards", type=int, default=0, help="how many parts; left out: four for each worker")
    arguments.add_argument("--output", type=Path, required=True, help="where the results are written")
    arguments.add_argument("--program", default="answerable", help="the command, as workers and this machine know it")
    arguments.add_argument("--replications", type=int, help="as of `answerable run`")
    arguments.add_argument("--seed", type=int, help="as of `answerable run`")
    given = arguments.parse_args()
    # A worker takes one shard at a time on its thread: so many threads each, so many shards at once.
    options = ["--threads", "1"]
    for name in ("replications", "seed"):
        if (value := getattr(given, name)) is not None:
            options += [f"--{name}", str(value)]
    with Client(given.scheduler) if given.scheduler else Client() as client:
        threads = sum(client.nthreads().values())
        shards = given.shards or max(1, 4 * threads)
        show = (lambda done, of: print(f"\r{done} of {of} shards", end="", file=sys.stderr)) if sys.stderr.isatty() else None
        try:
            code = run(client, given.scenario, given.output, shards, given.program, options, show)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
