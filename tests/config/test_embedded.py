import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import dj_database_url
import pytest
import redis

from config import embedded
from config.embedded import places, processes
from tests.config.services import REPOSITORY, kinds, living, sql, until

pytestmark = pytest.mark.stack


def broker(var):
    return redis.Redis(unix_socket_path=str(var / "run" / "broker.sock"), socket_timeout=5)


def nothing_lives(var):
    return lambda: not living(var)


def test_reading_the_addresses_starts_nothing_and_loads_no_django(folder):
    program = "import sys; from config import embedded; embedded.database_url(); print('django' in sys.modules)"

    said = subprocess.check_output(
        [sys.executable, "-c", program], cwd=REPOSITORY, env={**os.environ, "VAR_DIR": str(folder / "var")}, text=True
    )

    assert said == "False\n"
    assert not (folder / "var").exists()


def test_the_database_address_is_what_django_reads_a_socket_directory_from(folder, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(folder / "Var"))

    settings = dj_database_url.parse(embedded.database_url())

    assert settings["HOST"] == str(folder / "Var" / "run" / "postgres")
    assert (settings["NAME"], settings["USER"], settings["PORT"]) == ("plumbline", "plumbline", 5432)


def test_a_desk_whose_services_are_elsewhere_starts_none(folder):
    program = "from config import embedded; embedded.start(postgres=False, broker=False)"

    subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, env={**os.environ, "VAR_DIR": str(folder / "var")}, check=True
    )

    assert not (folder / "var").exists()


def test_an_empty_directory_becomes_a_database_and_a_broker(folder, use):
    use(folder / "var").up()

    assert sql(folder / "var", "SHOW data_checksums") == [("on",)]
    assert sql(folder / "var", "SHOW server_encoding") == [("UTF8",)]
    assert sql(folder / "var", "SHOW fsync") == [("on",)]
    sql(folder / "var", "CREATE EXTENSION vector; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")
    assert broker(folder / "var").ping()


def test_nobody_else_on_the_machine_can_read_what_is_kept(folder, use):
    use(folder / "var").up()

    for place in ("", "run", "log", "broker", "postgres", "run/postgres"):
        assert (folder / "var" / place).stat().st_mode & 0o066 == 0, place


def test_an_initialised_directory_is_up_in_two_seconds(var, use):
    began = time.monotonic()

    use(var).up()

    assert time.monotonic() - began < 2


def test_only_what_is_wanted_runs(var, use):
    use(var, "broker").up()

    assert kinds(var) == {"keeper", "broker"}


def test_a_service_wanted_later_joins_the_one_that_runs(var, use):
    use(var, "broker").up()

    use(var, "postgres").up()

    assert kinds(var) == {"keeper", "broker", "postgres"}


def test_a_service_stops_when_its_last_user_leaves_while_the_other_goes_on(var, use):
    use(var, "broker").up()
    use(var, "postgres").up().leave()

    until(lambda: kinds(var) == {"keeper", "broker"})


def test_nothing_is_left_when_the_last_user_is_killed(var, use):
    first, second = use(var).up(), use(var).up()
    first.kill()
    assert kinds(var) == {"keeper", "broker", "postgres"}

    second.kill()

    until(nothing_lives(var))


@pytest.mark.parametrize("victim", ["postgres", "broker"])
def test_a_killed_server_comes_back_with_its_data(var, use, victim):
    use(var).up()
    sql(var, "CREATE TABLE kept AS SELECT 1 AS n")
    broker(var).set("kept", "1")
    until(lambda: broker(var).info("persistence")["aof_pending_bio_fsync"] == 0)
    killed = living(var)[victim]

    killed.kill()

    until(lambda: victim in living(var) and living(var)[victim].pid != killed.pid, within=5)
    use(var).up()
    assert sql(var, "SELECT n FROM kept") == [(1,)]
    assert broker(var).get("kept") == b"1"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_killed_keeper_takes_its_servers_along(var, use):
    use(var).up()

    living(var)["keeper"].kill()

    until(nothing_lives(var))


def test_after_a_killed_keeper_the_next_start_brings_all_back(var, use):
    use(var).up()
    sql(var, "CREATE TABLE kept AS SELECT 1 AS n")
    living(var)["keeper"].kill()

    use(var).up()

    assert sql(var, "SELECT n FROM kept") == [(1,)]
    assert broker(var).ping()


def test_a_start_meets_no_server_that_is_just_stopping(var, use):
    for _ in range(3):
        use(var, "postgres").up().kill()
        user = use(var, "postgres").up()
        assert sql(var, "SELECT 1") == [(1,)]
        user.kill()


def test_a_start_that_is_killed_while_it_makes_the_database_leaves_no_half_of_one(folder, use):
    user = use(folder / "var")
    until((folder / "var" / "postgres.new").exists)

    user.kill()

    assert not (folder / "var" / "postgres").exists()
    use(folder / "var").up()
    assert sql(folder / "var", "SELECT 1") == [(1,)]
    assert not (folder / "var" / "postgres.new").exists()


def test_two_directories_run_side_by_side(var, folder, use, made_once):
    other = folder / "other"
    subprocess.run(["cp", "-a", made_once, other], check=True)
    use(var).up()
    second = use(other).up()
    sql(var, "CREATE TABLE here AS SELECT 1 AS n")

    assert sql(other, "SELECT to_regclass('here')") == [(None,)]

    second.leave()
    until(nothing_lives(other))
    assert sql(var, "SELECT n FROM here") == [(1,)]


def test_ten_processes_that_start_at_once_share_one_server(folder, use):
    users = [use(folder / "var") for _ in range(10)]

    for user in users:
        user.up()

    assert kinds(folder / "var") == {"keeper", "broker", "postgres"}
    started = (folder / "var" / "log" / "services.log").read_text().count("PostgreSQL starts")
    assert started == 1


@pytest.fixture
def stranger(var):
    """A process that has nothing to do with us, of the account that PostgreSQL runs as."""
    account = (var / "postgres").stat()
    with subprocess.Popen(["sleep", "60"], user=account.st_uid, group=account.st_gid) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("number", ["of a stranger", "of nobody"])
def test_stale_pid_files_are_no_obstacle_and_their_processes_are_left_alone(var, use, stranger, number):
    pid = stranger.pid if number == "of a stranger" else 2**22 - 1
    owner = (var / "postgres").stat()
    for name in ("postgres/postmaster.pid", "run/postgres/.s.PGSQL.5432.lock", "run/broker.pid"):
        (var / name).write_text(f"{pid}\n{var}/postgres\n1700000000\n5432\n{var}/run/postgres\n\n  1  1\nready\n")
        os.chown(var / name, owner.st_uid, owner.st_gid)

    use(var).up()

    assert sql(var, "SELECT 1") == [(1,)]
    assert stranger.poll() is None


def test_a_file_in_place_of_the_directory_is_a_sentence(folder, use):
    (folder / "var").write_text("")

    said = use(folder / "var").complaint()

    assert said.count("\n") == 1
    assert f"{folder}/var cannot be used" in said
    assert "VAR_DIR" in said


def test_a_directory_that_cannot_be_written_is_a_sentence(folder, use):
    (folder / "var").mkdir()
    (folder / "var").chmod(0o555)
    # root may write everywhere, except from inside a user namespace.
    plain = processes.bound_to_parent(signal.SIGKILL, processes.hidden_root() if os.getuid() == 0 else None)

    said = use(folder / "var", preexec_fn=plain).complaint()

    assert said.count("\n") == 1
    assert f"{folder}/var cannot be used (Permission denied)" in said
    assert list((folder / "var").iterdir()) == []


@pytest.fixture
def small_disk(folder):
    place = folder / "small"
    place.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "small", place]).returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_a_sentence_and_leaves_nothing_half_made(small_disk, use):
    said = use(small_disk / "var").complaint()

    assert said.count("\n") == 1
    assert "20 MB left" in said or "19 MB left" in said
    assert not living(small_disk / "var")
    assert not list((small_disk / "var").glob("postgres*"))


def test_a_server_that_cannot_start_is_a_sentence_with_its_own_reason(var, use):
    shutil.rmtree(var / "postgres" / "global")

    said = use(var, "postgres").complaint()

    assert said.count("\n") == 1
    assert "PostgreSQL does not start" in said
    assert "pg_control" in said or "global" in said
    until(nothing_lives(var))


@pytest.mark.parametrize("name", ["l" * 90, "with a blank, a comma and an é"])
def test_a_path_that_no_socket_can_have_moves_the_sockets(folder, use, monkeypatch, name):
    var = folder / name / "var"
    monkeypatch.setenv("VAR_DIR", str(var))
    user = use(var).up()

    assert sql(var, "SELECT 1") == [(1,)]

    sockets = Path(places.sockets())
    assert sockets.parent == Path("/tmp")
    assert sockets.stat().st_mode & 0o066 == 0
    user.leave()
    until(nothing_lives(var))
    shutil.rmtree(sockets)


def test_a_short_directory_that_is_not_ours_is_refused(folder, use, monkeypatch):
    var = folder / ("l" * 90) / "var"
    monkeypatch.setenv("VAR_DIR", str(var))
    Path(places.sockets()).symlink_to(folder)

    said = use(var).complaint()

    Path(places.sockets()).unlink()
    assert said.count("\n") == 1
    assert "is not a directory of yours" in said
    assert not living(var)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can run PostgreSQL as somebody else")
def test_root_hands_postgresql_to_nobody_or_hides_where_nobody_cannot_enter(folder, use):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    use(folder / "var", "postgres").up()
    use(closed / "var", "postgres").up()

    assert (folder / "var" / "postgres").owner() == "nobody"
    assert (closed / "var" / "postgres").owner() == "root"
    assert sql(closed / "var", "SELECT 1") == [(1,)]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can run PostgreSQL as somebody else")
def test_a_directory_that_moved_out_of_reach_of_its_account_still_starts(var, folder, use):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    user = use(var, "postgres").up()
    sql(var, "CREATE TABLE kept AS SELECT 1 AS n")
    user.leave()
    until(nothing_lives(var))
    var.rename(closed / "var")

    use(closed / "var", "postgres").up()

    assert sql(closed / "var", "SELECT n FROM kept") == [(1,)]


def test_stop_returns_when_the_services_have_stopped(var):
    program = "from config import embedded; embedded.start(postgres=True, broker=True); embedded.stop()"

    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, env={**os.environ, "VAR_DIR": str(var)}, check=True)

    assert not living(var)
