"""The driver against a local cluster of three worker processes, one of which is killed half-way.

    python test_driver.py target/ci/answerable

The merged results must be, byte for byte, those of one run.
"""

import filecmp
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from distributed import Client, LocalCluster

sys.path.insert(0, str(Path(__file__).parent))
import answerable_dask

SCENARIO = """format = 1
name = "Small"
question = "Do three agents do?"
baseline = "three"

[horizon]
start = 2026-11-02
days = 5
warm-up = "none"
follow-up = "7d"

[opening]
monday-friday = "09:00-12:00"
holidays = "tables/holidays.csv"

[queues.calls]
demand = { per-hour = 30, counts = "needs" }
talk.exponential = { mean = "3m" }
wrap.exponential = { mean = "1m" }
patience.exponential = { mean = "2m" }
target = { answered-within = "20s", share = 0.8 }

[teams.team]
agents = 3
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]

[shifts]
day = { hours = "09:00-12:00" }

[policy.wrap]
as-needed = {}

[options."four"]
teams.team.agents = 4
"""

SHARDS = 12


def same(one: Path, other: Path) -> bool:
    """Whether two directories hold the same files with the same bytes."""
    names = lambda place: sorted(p.relative_to(place) for p in place.rglob("*") if p.is_file())
    if names(one) != names(other):
        return False
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in names(one))


def killed(client: Client, log: list) -> None:
    """Kills a worker, without warning, as soon as one shard is done and others are under way on it."""
    while not log:
        time.sleep(0.01)
    busy = [address for address, keys in client.processing().items() if keys]
    pids = client.run(os.getpid)
    log.append(busy[0])
    os.kill(pids[busy[0]], signal.SIGKILL)


def main(program: str) -> None:
    program = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        (folder / "tables").mkdir()
        (folder / "tables/holidays.csv").write_text("date\n2026-11-04\n")
        scenario = folder / "small.toml"
        scenario.write_text(SCENARIO)
        options = ["--replications", "1203", "--threads", "1"]
        one = ["run", "small.toml", "--output", "one", "--quiet", *options]
        subprocess.run([program, *one], cwd=folder, check=True)
        with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
            with Client(cluster) as client:
                assert len(client.nthreads()) == 3, "three workers"
                log = []
                killer = threading.Thread(target=killed, args=(client, log))
                killer.start()
                told = lambda done, of: log.append(done) if not log else None
                code = answerable_dask.run(client, scenario, folder / "joined", SHARDS, program, options, told)
                killer.join()
                assert code == 0, f"merge ended with {code}"
                assert len(log) == 2, "a worker was killed half-way"
        assert same(folder / "one", folder / "joined"), "the cluster's results differ from one run's"
        # A fault of the scenario is told as such, not tried again and again.
        scenario.write_text(SCENARIO.replace("agents = 3", "agents = -3"))
        with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
            with Client(cluster) as client:
                try:
                    answerable_dask.run(client, scenario, folder / "none", 2, program, options)
                except RuntimeError as error:
                    assert "ended with 2" in str(error) and "agents" in str(error), error
                else:
                    raise AssertionError("a fault went by")
        assert not (folder / "none").exists(), "nothing is written"
    print("the driver gives one run's bytes, with a worker killed half-way")


if __name__ == "__main__":
    main(sys.argv[1])
