// A ledger against a simple account of the same events: what each recipient holds, what is active, offered and ruled
// out. The long file, the next process's reading of it, and the shorter text that replaces it say the same.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "scratch_folder.h"
#include "session/ledger.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::session;

namespace {

using Random = cascade::test::SeededRandom;
using Roots = std::vector<std::string>;

void without(Roots& roots, const std::string& root) {
  roots.erase(std::remove(roots.begin(), roots.end(), root), roots.end());
}

void put_last(Roots& roots, const std::string& root) {
  without(roots, root);
  roots.push_back(root);
}

// Kept event by event, where a ledger computes everything from its lines.
struct Account {
  struct Recipient {
    std::set<std::pair<std::string, std::uint64_t>> held;  // manifest, piece
    Roots active, offered;
  };
  std::map<std::string, Recipient> recipients;
  Roots banned;
  std::string model;

  void note(const Entry& entry) {
    if (!entry.model.empty()) model = entry.model;
    if (entry.event == Event::start && (entry.source == "startup" || entry.source == "clear")) {
      recipients.clear();
      banned.clear();
    }
    if (entry.event == Event::start && entry.source == "compact") recipients["main"] = {};
    if (entry.event == Event::drop) put_last(banned, entry.root);
    if (entry.event != Event::inject) return;
    Recipient& to = recipients[entry.recipient];
    for (const SentPiece& piece : entry.pieces) to.held.insert({piece.manifest, piece.content_hash});
    const bool is_offer = entry.layer == offer_layer;
    if (is_offer) put_last(to.offered, entry.root);
    if (!is_offer) {
      put_last(to.active, entry.root);
      for (const std::string& root : entry.also) put_last(to.active, root);
    }
    if (entry.recipient != "main" || (is_offer && entry.decision != called_decision)) return;
    without(banned, entry.root);
    for (const std::string& root : entry.also) without(banned, root);
  }

  // A piece counts if any manifest that is not ruled out brought it.
  std::vector<std::uint64_t> held(const Recipient& recipient) const {
    std::set<std::uint64_t> hashes;
    for (const auto& [manifest, hash] : recipient.held)
      if (std::ranges::find(banned, manifest) == banned.end()) hashes.insert(hash);
    return {hashes.begin(), hashes.end()};
  }

  void check(const Ledger& ledger) const {
    for (const char* name : {"main", "a1", "a2"}) {
      INFO(name);
      const auto found = recipients.find(name);
      const Recipient expected = found == recipients.end() ? Recipient() : found->second;
      CHECK(ledger.held(name) == held(expected));
      Roots active = expected.active;
      for (const std::string& root : banned) without(active, root);
      CHECK(ledger.active(name) == active);
      CHECK(ledger.offered(name) == expected.offered);
    }
    CHECK(ledger.ruled_out() == banned);
  }
};

std::string root_of(Random& random) { return "skill:" + std::string(1, static_cast<char>('a' + random.below(5))); }

Entry random_entry(Random& random) {
  Entry entry;
  const std::uint32_t sort = random.below(20);
  if (sort == 0) {
    constexpr const char* sources[] = {"startup", "clear", "compact", "compact", "resume", "fork", "compacting"};
    entry.event = Event::start;
    entry.source = sources[random.below(std::size(sources))];
    if (random.chance(50)) entry.model = "model-" + std::to_string(random.below(3));
  } else if (sort < 4) {
    entry.event = Event::drop;
    entry.root = root_of(random);
  } else {
    constexpr const char* recipients[] = {"main", "main", "a1", "a2"};
    entry.event = Event::inject;
    entry.recipient = recipients[random.below(std::size(recipients))];
    entry.root = root_of(random);
    if (random.chance(25)) entry.layer = std::string(offer_layer);
    if (random.chance(30)) entry.decision = std::string(called_decision);
    while (entry.layer.empty() && random.chance(30)) entry.also.push_back(root_of(random));
    for (std::uint32_t pieces = random.below(4); pieces > 0 && entry.layer.empty(); --pieces)
      entry.pieces.push_back(
          {random.chance(70) ? entry.root : root_of(random), 1, Form::section, 1 + random.below(30), {1, 4}});
  }
  return entry;
}

// Sends so much to another recipient that the ledger is written anew.
void write_anew(Ledger& ledger) {
  Entry entry;
  entry.event = Event::inject;
  entry.recipient = "filler";
  entry.root = "skill:filler";
  for (std::uint64_t i = 0; i < 400; ++i) entry.pieces.push_back({"skill:filler", 1, Form::section, 1'000 + i, {1, 4}});
  for (int i = 0; i < 14; ++i) REQUIRE(ledger.append(entry));
}

}  // namespace

TEST_CASE("a ledger says what an account of the same events says, also after it was written anew") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    const cascade::test::ScratchFolder scratch;
    Random random{seed};
    Account account;
    Ledger ledger(scratch.path, "s");
    for (int step = 0; step < 40; ++step) {
      const Entry entry = random_entry(random);
      REQUIRE(ledger.append(entry));
      account.note(entry);
      account.check(ledger);
    }
    account.check(Ledger(scratch.path, "s"));
    CHECK(ledger.model() == account.model);
    const std::size_t lines = ledger.entries().size();
    write_anew(ledger);
    const Ledger anew(scratch.path, "s");
    CHECK(anew.entries().size() < lines + 14);  // it was written anew
    account.check(anew);
    CHECK(anew.model() == account.model);
  }
}

TEST_CASE(
    "a ledger that was written anew knows whose session it is, where it began and is, and a compaction that was "
    "announced") {
  const cascade::test::ScratchFolder scratch;
  Ledger ledger(scratch.path, "s");
  const auto begin = [&](const std::string& source, const std::string& directory, const std::string& model) {
    Entry entry;
    entry.event = Event::start;
    entry.source = source;
    entry.directory = directory;
    entry.model = model;
    REQUIRE(ledger.append(entry));
  };
  const auto starts = [&] {
    std::string text;
    const Ledger anew(scratch.path, "s");
    for (const Entry& entry : anew.entries())
      if (entry.event == Event::start) text += "[" + entry.source + " " + entry.directory + " " + entry.model + "]";
    return text;
  };
  begin("subagent", "", "a");
  begin("startup", "/first", "b");
  begin("compact", "/second", "");
  begin("resume", "/third", "c");
  begin("resume", "/third", "");
  write_anew(ledger);
  CHECK(starts() == "[subagent  a][resume /first b][resume /third c][resume /third ]");
  begin("compacting", "/fourth", "");
  begin("resume", "", "d");
  write_anew(ledger);
  CHECK(starts() == "[subagent  a][resume /first b][compacting /fourth ][resume  d]");
  begin("compact", "", "");
  write_anew(ledger);
  CHECK(starts() == "[subagent  a][resume /first b][resume /fourth ][resume  d]");
}

TEST_CASE("sessions tell what arrived, where and when, and the newest comes first") {
  const cascade::test::ScratchFolder scratch;
  const auto sent = [](const std::string& to, const std::string& root, std::int64_t at) {
    Entry entry;
    entry.event = Event::inject;
    entry.recipient = to;
    entry.root = root;
    entry.pieces.push_back({root, 1, Form::section, 7, {3, 9}});
    entry.cost = {3, 9};
    entry.written_at = at;
    return entry;
  };
  Ledger one(scratch.path, "one"), two(scratch.path, "two"), three(scratch.path, "three");
  Entry begun;
  begun.event = Event::start;
  begun.source = "startup";
  begun.directory = "/home/dev";
  begun.written_at = 5;
  REQUIRE(one.append(begun));
  REQUIRE(one.append(sent("main", "skill:a", 6)));
  REQUIRE(one.append(sent("pending:1", "agent:x", 8)));  // waits for a subagent that never began
  REQUIRE(two.append(sent("pending:2", "agent:y", 7)));
  Entry taken = sent("a1", "pending:2", 8);
  taken.decision = std::string(taken_decision);
  taken.pieces.clear();
  REQUIRE(two.append(taken));
  Entry offer = sent("main", "skill:b", 8);
  offer.pieces.clear();
  REQUIRE(two.append(offer));
  REQUIRE(three.append(sent("main", "skill:c", 9)));
  const std::vector<SessionSummary> all = list_sessions(scratch.path);
  REQUIRE(all.size() == 3);
  CHECK(all[0].session_id == "three");
  CHECK(all[1].session_id == "one");  // as late as the other: by id
  CHECK(all[2].session_id == "two");
  CHECK(all[1].directory == "/home/dev");
  CHECK(all[1].last_item == "skill:a");
  CHECK(all[1].injections == 1);
  CHECK(all[1].cost == Cost{3, 9});
  CHECK(all[1].last_written_at == 8);
  CHECK(all[2].last_item == "agent:y");
  CHECK(all[2].injections == 2);
  CHECK(all[2].cost == Cost{6, 18});
}

TEST_CASE("above the number of sessions that are kept the oldest go, and at an age all do") {
  namespace fs = std::filesystem;
  const cascade::test::ScratchFolder scratch;
  Entry entry;
  entry.event = Event::fault;
  const std::size_t many = max_sessions + 3;
  for (std::size_t i = 0; i < many; ++i) REQUIRE(Ledger(scratch.path, std::to_string(i)).append(entry));
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(scratch.path + "/sessions")) files.push_back(file.path());
  REQUIRE(files.size() == many);
  const fs::file_time_type now = fs::file_time_type::clock::now();
  for (std::size_t i = 0; i < many; ++i) fs::last_write_time(files[i], now - std::chrono::seconds(10 * i));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::file_clock::to_sys(now).time_since_epoch()).count();
  prune(scratch.path, seconds);
  for (std::size_t i = 0; i < many; ++i) CHECK(fs::exists(files[i]) == (i < max_sessions));
  prune(scratch.path, seconds + max_age_seconds - 100);  // those that are older than a hundred seconds
  for (std::size_t i = 0; i < max_sessions; ++i)
    if (i != 10) CHECK(fs::exists(files[i]) == (i < 10));
}
