import pytest

from tests.desk_process import DeskProcess


@pytest.fixture
def desk(tmp_path):
    desk = DeskProcess(tmp_path, LEASE_SECONDS="4")
    desk.start("--no-sample")
    yield desk
    desk.stop()
