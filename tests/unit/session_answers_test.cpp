// The record: what a ledger's shorter text keeps of random pasts with every sort of entry, small ones and ones that are
// larger than a ledger may be, and what a fork takes over from them.
#include <map>

#include "hash/content_hash.h"
#include "scratch_folder.h"
#include "session/entry.h"
#include "session/ledger.h"
#include "unit/record.h"
#include "unit/seeded_random.h"

namespace cascade::session {
namespace {

using test::SeededRandom;

// `length`: of the texts that an entry may have, which make a past large.
class Past {
 public:
  Past(std::uint64_t seed, std::uint32_t length) : random_{seed}, length_(length) {}

  std::string text(std::uint32_t lines) {
    std::string text;
    for (std::uint32_t i = 0; i < lines; ++i) {
      Entry made = entry();
      made.sequence = ++sequence_;
      made.written_at = 1'000 + i;
      text += write_entry(made, i == 0 ? "s" : "") + "\n";
    }
    return text;
  }

 private:
  std::string one_of(std::initializer_list<const char*> words) { return words.begin()[random_.below(words.size())]; }
  std::string recipient() { return one_of({"main", "main", "main", "a1", "a2", "pending:x#1", "pending:x#2"}); }
  std::string root() { return "skill:" + one_of({"a", "b", "c", "d"}); }
  std::string long_text() { return std::string(random_.below(length_), 'x'); }

  Entry entry() {
    Entry entry;
    const std::uint32_t sort = random_.below(100);
    if (sort < 8) {
      entry.event = Event::start;
      entry.source = one_of({"startup", "clear", "compact", "compact", "resume", "resume", "fork", "compacting"});
      entry.model = one_of({"", "", "opus", "haiku"});
      entry.directory = one_of({"", "/a", "/b"});
    } else if (sort < 14) {
      entry.event = Event::drop;
      entry.root = root();
    } else if (sort < 50) {
      inject(entry);
    } else if (sort < 75) {
      step(entry);
    } else if (sort < 90) {
      run(entry);
    } else {
      entry.event = one_of({"x", "y"}) == "x" ? Event::effect : Event::expect;
      entry.recipient = recipient();
      entry.source = one_of({"named", "began"});
      entry.outside.text = long_text();
    }
    return entry;
  }

  void inject(Entry& entry) {
    entry.event = Event::inject;
    entry.recipient = recipient();
    entry.layer = one_of({"skill", "agent", "offer", "skill", "fork"});
    entry.root = root();
    entry.decision = one_of({"load", "load", "called", "taken"});
    if (entry.decision == "taken") entry.root = "pending:x#" + one_of({"1", "2"});
    if (random_.chance(20)) entry.also = {root(), root()};
    entry.cost = {random_.below(50), random_.below(200)};
    for (std::uint32_t pieces = random_.below(length_ > 100 ? 200 : 4); pieces > 0; --pieces)
      entry.pieces.push_back({entry.root, 1, Form::section, random_.below(1 + 2 * length_), {1, 4}});
  }

  void step(Entry& entry) {
    entry.event = Event::step;
    entry.step.run = 1 + random_.below(3);
    entry.step.action = one_of({"seen", "seen", "seen", "done", "told", "start"});
    entry.step.step = 1 + random_.below(2);
    entry.step.text = long_text();
    if (entry.step.action == "done" && sequence_ > 5) entry.step.evidence = {sequence_ - random_.below(5), sequence_};
  }

  void run(Entry& entry) {
    entry.event = random_.chance(50) ? Event::call : Event::run;
    entry.run.call = one_of({"", "t1", "t2", "t3", "t4"});
    entry.run.id = one_of({"", "r1", "r2", "r3"});
    if (entry.event == Event::run) entry.run.outcome = one_of({"", "completed"});
    entry.prompt_id = long_text();
  }

  SeededRandom random_;
  std::uint32_t length_;
  std::uint64_t sequence_ = 0;
};

// "3 start, 2 inject": how many there are of each event, and the whole as one number.
std::string counted(const std::string& text) {
  std::map<std::string, int> counts;
  for (const Entry& entry : parse(text)) ++counts[std::string(to_string(entry.event))];
  std::string out = std::to_string(text.size()) + " bytes";
  for (const auto& [name, count] : counts) out += ", " + std::to_string(count) + " " + name;
  return out + ", " + std::to_string(hash::hash_text(text) % 1'000'000);
}

std::string list(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : " ") + item;
  return out;
}

std::string state(const Ledger& ledger) {
  std::string out;
  for (const char* recipient : {"main", "a1", "pending:x#1"})
    out += "; " + std::string(recipient) + " holds " + std::to_string(ledger.held(recipient).size()) + ", " +
           list(ledger.active(recipient)) + ", offered " + list(ledger.offered(recipient));
  return out + "; in force " + list(in_force(ledger, "")) + " | " + list(in_force(ledger, "a1")) + "; not " +
         list(ledger.ruled_out()) + "; " + std::to_string(ledger.chosen({"skill:a", "skill:c"}).size()) +
         " of a and c; " + ledger.model();
}

}  // namespace

TEST_CASE("every build keeps the recorded lines of a past, and gives a fork the recorded ones") {
  std::string record = "# past; what a ledger says; what a fork holds\n";
  for (std::uint64_t seed = 1; seed <= 46; ++seed) {
    const bool large = seed > 40;
    Past past(seed, large ? 3'000 : 12);
    const std::string text = past.text(large ? 250 : 10 + static_cast<std::uint32_t>(seed)), kept = in_short(text, "s");
    const test::ScratchFolder scratch;
    Ledger parent(scratch.path, "s"), fork(scratch.path, "f");
    for (const Entry& entry : parse(text)) REQUIRE(parent.append(entry));
    REQUIRE(fork.adopt(parent, 2'000));
    std::string forked;
    for (const Entry& entry : fork.entries()) forked += write_entry(entry, "") + "\n";
    record += std::to_string(seed) + ": " + counted(text) + " -> " + counted(kept) + state(parent) +
              "\n    fork: " + counted(forked) + state(fork) + "\n";
    CHECK(counted(in_short(kept, "s")) == counted(kept));  // nothing goes a second time
  }
  test::check_record("session_answers.txt", record);
}

}  // namespace cascade::session
