"""The repository of the planted set: a parcel service in five languages, and six changes to it."""

BASE = {
    ".github/workflows/ci.yml": """name: ci
on: [push, pull_request]
jobs:
  all:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: pip install -r requirements.txt
      - run: pytest -q tests
      - run: npm ci && npm test
      - run: go vet ./... && go test -race ./...
      - name: native
        run: |
          cmake -B build -S native
          cmake --build build
          ctest --test-dir build --output-on-failure
      - run: make migrate-check
""",
    "Makefile": """migrate-check:
\tpython3 scripts/migrate.py --dry-run migrations

.PHONY: migrate-check
""",
    "scripts/migrate.py": "import sys\n\nprint('migrations are in order', sys.argv)\n",
    "requirements.txt": "psycopg==3.1.9\nrequests==2.28.2\npytest==7.4.0\n",
    "src/upload.py": '''import logging
import urllib.request

log = logging.getLogger(__name__)


class UploadError(Exception):
    pass


def send(parcel, url):
    data = parcel.encode()
    try:
        with urllib.request.urlopen(url, data) as answer:
            return answer.status
    except ConnectionError as error:
        log.error("upload of %s failed: %s", parcel.name, error)
        raise UploadError(parcel.name) from error


def send_all(parcels, url):
    return [send(parcel, url) for parcel in parcels]
''',
    "tests/test_upload.py": '''import pytest

from src import upload


def test_sends_once(gateway, parcel):
    assert upload.send(parcel, gateway.url) == 200


def test_upload_error_names_parcel(dead_gateway, parcel):
    with pytest.raises(upload.UploadError, match="parcel-7"):
        upload.send(parcel, dead_gateway.url)
''',
    "native/rates.cc": '''#include "rates.h"

#include <stdexcept>

Rate RateTable::find(const std::string& zone) {
  std::lock_guard<std::mutex> hold(mutex_);
  auto known = rates_.find(zone);
  if (known != rates_.end()) return known->second;
  Rate fetched = carrier_.fetch_rate(zone);
  if (fetched.cents <= 0) throw std::runtime_error("carrier gave no rate for " + zone);
  rates_.emplace(zone, fetched);
  return fetched;
}

void RateTable::forget() {
  std::lock_guard<std::mutex> hold(mutex_);
  rates_.clear();
}
''',
    "native/rates_test.cc": '''#include "rates.h"

TEST(RateTable, FetchesOnce) { EXPECT_EQ(table.find("DE-1").cents, 490); }
TEST(RateTable, RefusesEmptyRate) { EXPECT_THROW(table.find("XX-0"), std::runtime_error); }
''',
    "src/orders.py": '''def overdue(connection, day):
    rows = connection.execute(
        "SELECT id FROM orders WHERE state = 'open' AND due < %s", (day,)
    ).fetchall()
    for (order,) in rows:
        connection.execute("UPDATE orders SET state = 'overdue' WHERE id = %s", (order,))
    connection.commit()
    return len(rows)
''',
    "tests/test_orders.py": '''def test_marks_only_open_orders(connection):
    assert overdue(connection, "2026-01-02") == 2


def test_second_run_marks_nothing(connection):
    overdue(connection, "2026-01-02")
    assert overdue(connection, "2026-01-02") == 0
''',
    "migrations/0006_orders.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL, due date NOT NULL);\n",
    "web/access.js": '''const { deny } = require("./deny");

function mayCancel(user, order) {
  if (!user) return deny("anonymous cancel");
  if (user.role === "admin") return true;
  return order.owner === user.id;
}

function mayRefund(user, order) {
  if (!user) return deny("anonymous refund");
  return user.role === "admin";
}

module.exports = { mayCancel, mayRefund };
''',
    "web/deny.js": '''function deny(why) {
  console.warn("access denied:", why);
  return false;
}

module.exports = { deny };
''',
    "web/access.test.js": '''test("owner may cancel", () => expect(mayCancel(ann, order)).toBe(true));
test("stranger may not refund", () => expect(mayRefund(bob, order)).toBe(false));
test("support refunds below the limit only", () => expect(mayRefund(support, large)).toBe(false));
''',
    "package.json": '''{
  "name": "parcel-web",
  "scripts": { "test": "jest" },
  "dependencies": {
    "express": "4.18.2"
  }
}
''',
    "labels/queue.go": '''package labels

import "log"

func (q *Queue) Run() {
	for job := range q.jobs {
		if err := q.printer.Print(job); err != nil {
			log.Printf("label %s not printed: %v", job.ID, err)
			q.failed.Inc()
		}
	}
}
''',
    "labels/queue_test.go": '''package labels

func TestPrintsInOrder(t *testing.T)        {}
func TestSlowPrinterDoesNotBlock(t *testing.T) {}
func TestCountsFailedLabels(t *testing.T)   {}
''',
    "src/track.py": '''import requests


def position(number):
    answer = requests.get("https://carrier.example/track/" + number)
    return answer.json()["position"]
''',
    "tests/test_track.py": '''def test_position_of_known_number(carrier):
    assert position("P1") == "depot"


def test_slow_carrier_gives_unknown(slow_carrier):
    assert position("P1") == "unknown"
''',
    "src/metrics.py": '''from prometheus_client import Counter

uploads_total = Counter("parcel_uploads_total", "uploads by outcome", ["outcome"])
track_timeouts_total = Counter("parcel_track_timeouts_total", "carrier did not answer in time")
''',
}

CHANGES = {
    "upload": {
        "message": "Retry uploads while the gateway restarts\n\nThe depot's gateway drops connections during its nightly "
                   "restart. Uploads are now retried up to four times with a growing pause before they give up with "
                   "UploadError.\n\nAssisted-by: Claude Code\n",
        "files": {
            "src/upload.py": '''import logging
import time
import urllib.request

from src.metrics import uploads_total

log = logging.getLogger(__name__)


class UploadError(Exception):
    pass


# Retries while the gateway restarts, with a pause that doubles up to eight seconds.
def send(parcel, url, tries=4):
    data = parcel.encode()
    pause = 0.5
    for attempt in range(tries):
        try:
            with urllib.request.urlopen(url, data) as answer:
                uploads_total.labels(outcome="sent").inc()
                return answer.status
        except ConnectionError:
            uploads_total.labels(outcome="retried").inc()
            time.sleep(pause)
            pause = min(pause * 2, 8)
    raise UploadError(parcel.name)


def send_all(parcels, url):
    return [send(parcel, url) for parcel in parcels]
''',
            "tests/test_upload.py": '''import pytest

from src import upload


def test_sends_once(gateway, parcel):
    assert upload.send(parcel, gateway.url) == 200


def test_upload_error_names_parcel(dead_gateway, parcel):
    with pytest.raises(upload.UploadError, match="parcel-7"):
        upload.send(parcel, dead_gateway.url)


def test_second_try_succeeds(restarting_gateway, parcel):
    assert upload.send(parcel, restarting_gateway.url) == 200
    assert restarting_gateway.calls == 2


def test_gives_up_after_four_tries(dead_gateway, parcel):
    with pytest.raises(upload.UploadError):
        upload.send(parcel, dead_gateway.url)
    assert dead_gateway.calls == 4
''',
        },
    },
    "rates": {
        "message": "Do not hold the rate table's lock while asking the carrier\n\nA slow carrier blocked every look-up, "
                   "even of zones that are known. The lock is now released for the fetch and taken again to store the "
                   "rate.\n\nCo-authored-by: Claude <noreply@anthropic.com>\n",
        "files": {
            "native/rates.cc": '''#include "rates.h"

#include <stdexcept>

Rate RateTable::find(const std::string& zone) {
  {
    std::lock_guard<std::mutex> hold(mutex_);
    auto known = rates_.find(zone);
    if (known != rates_.end()) return known->second;
  }
  // The carrier is slow, so nobody must wait for it with the lock in hand.
  Rate fetched = carrier_.fetch_rate(zone);
  if (fetched.cents <= 0) throw std::runtime_error("carrier gave no rate for " + zone);
  std::lock_guard<std::mutex> hold(mutex_);
  auto [stored, is_new] = rates_.emplace(zone, fetched);
  if (!is_new) duplicate_fetches_counter.increment();
  return stored->second;
}

void RateTable::forget() {
  std::lock_guard<std::mutex> hold(mutex_);
  rates_.clear();
}
''',
            "native/rates_test.cc": '''#include "rates.h"

TEST(RateTable, FetchesOnce) { EXPECT_EQ(table.find("DE-1").cents, 490); }
TEST(RateTable, RefusesEmptyRate) { EXPECT_THROW(table.find("XX-0"), std::runtime_error); }
TEST(RateTable, KnownZoneDoesNotWait) { EXPECT_LT(time_of_known_zone_during_fetch(), 5ms); }
TEST(RateTable, FirstStoredRateWins) { EXPECT_EQ(rates_of_two_racing_calls().first, rates_of_two_racing_calls().second); }
''',
        },
    },
    "orders": {
        "message": "Mark overdue orders with one statement\n\nOne UPDATE instead of one for each order, and an index for "
                   "the nightly run.\n\nAssisted-by: Codex\n",
        "files": {
            "src/orders.py": '''import logging

log = logging.getLogger(__name__)


def overdue(connection, day):
    cursor = connection.execute(
        "UPDATE orders SET state = 'overdue' WHERE state = 'open' AND due < %s", (day,)
    )
    connection.commit()
    log.info("marked %d orders overdue", cursor.rowcount)
    return cursor.rowcount
''',
            "migrations/0007_orders_due.sql": '''-- The nightly run looks for open orders by their date.
CREATE INDEX CONCURRENTLY orders_open_due ON orders (due) WHERE state = 'open';
''',
        },
    },
    "refunds": {
        "message": "Let support staff refund small orders\n\nSupport may refund up to 50 euros without asking an admin."
                   "\n\nGenerated with [Claude Code](https://claude.example)\n",
        "files": {
            "web/access.js": '''const { deny } = require("./deny");

const supportLimitCents = 5000;

function mayCancel(user, order) {
  if (!user) return deny("anonymous cancel");
  if (user.role === "admin") return true;
  return order.owner === user.id;
}

function mayRefund(user, order) {
  if (!user) return deny("anonymous refund");
  if (user.role === "admin") return true;
  if (user.role !== "support") return deny("refund without a role");
  if (order.owner === user.id) return deny("refund of an own order");
  return order.totalCents <= supportLimitCents || deny("refund above the support limit");
}

module.exports = { mayCancel, mayRefund };
''',
            "web/access.test.js": '''test("owner may cancel", () => expect(mayCancel(ann, order)).toBe(true));
test("stranger may not refund", () => expect(mayRefund(bob, order)).toBe(false));
test("support refunds below the limit only", () => expect(mayRefund(support, large)).toBe(false));
test("support may not refund an own order", () => expect(mayRefund(support, ownOrder)).toBe(false));
''',
        },
    },
    "labels": {
        "message": "Print labels with four workers\n\nOne slow printer held up the whole queue. Jobs are now printed by "
                   "four workers, each with a time limit of ten seconds.\n\nAssisted-by: Copilot\n",
        "files": {
            "labels/queue.go": '''package labels

import (
	"context"
	"log"
	"sync"
	"time"
)

const workers = 4
const printTimeout = 10 * time.Second

func (q *Queue) Run() {
	var group sync.WaitGroup
	for i := 0; i < workers; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for job := range q.jobs {
				q.printOne(job)
			}
		}()
	}
	group.Wait()
}

func (q *Queue) printOne(job Job) {
	ctx, cancel := context.WithTimeout(context.Background(), printTimeout)
	defer cancel()
	if err := q.printer.Print(ctx, job); err != nil {
		log.Printf("label %s not printed: %v", job.ID, err)
		q.failed.Inc()
	}
}
''',
        },
    },
    "track": {
        "message": "Do not wait for ever for the carrier\n\nrequests has no time limit by itself. Ask for three seconds at "
                   "most and show the position as unknown after that. Needs requests 2.31.\n\nAssisted-by: Gemini\n",
        "files": {
            "src/track.py": '''import requests

from src.metrics import track_timeouts_total


def position(number):
    try:
        answer = requests.get("https://carrier.example/track/" + number, timeout=(1, 3))
    except requests.exceptions.Timeout:
        track_timeouts_total.inc()
        return "unknown"
    return answer.json()["position"]
''',
            "requirements.txt": "psycopg==3.1.9\nrequests==2.31.0\npytest==7.4.0\n",
        },
    },
}
