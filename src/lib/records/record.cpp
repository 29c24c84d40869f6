// The outcome of a trial and the level of its gate change in one transaction, which begins by writing the gate's row
// in `gate_lock`: on a server that row keeps other writers out until the end.
#include "records/record.h"

#include <algorithm>

#include "text/names.h"

namespace cascade::gate {
namespace {

const store::Module& tables() {
  static const store::Module module = {
      "gate",
      {"CREATE TABLE gate_lock(name TEXT PRIMARY KEY, level TEXT NOT NULL);"
       "CREATE TABLE gate_rule(name TEXT NOT NULL, words TEXT NOT NULL, version INTEGER NOT NULL,"
       " known_right INTEGER NOT NULL, known_wrong INTEGER NOT NULL, right_count INTEGER NOT NULL,"
       " wrong_count INTEGER NOT NULL, earned TEXT NOT NULL, graded INTEGER NOT NULL, since INTEGER NOT NULL,"
       " PRIMARY KEY(name, words));"
       "CREATE TABLE trial(id INTEGER PRIMARY KEY, gate TEXT NOT NULL, version INTEGER NOT NULL, subject TEXT NOT NULL,"
       " flagged INTEGER NOT NULL, mode TEXT NOT NULL, repo TEXT NOT NULL, base TEXT NOT NULL, state TEXT NOT NULL,"
       " commit_id TEXT NOT NULL, at INTEGER NOT NULL, correct INTEGER NOT NULL, outcome TEXT NOT NULL);"
       "CREATE INDEX trial_of ON trial(gate, version, subject);"
       "CREATE INDEX trial_place ON trial(repo);"
       "CREATE INDEX trial_commit ON trial(commit_id);"
       "CREATE TABLE outcome(id INTEGER PRIMARY KEY, trial INTEGER NOT NULL, kind TEXT NOT NULL,"
       " correct INTEGER NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL);"
       "CREATE INDEX outcome_of ON outcome(trial)"}};
  return module;
}

constexpr std::int64_t undecided_mark = -1;
constexpr std::uint32_t to_warn_ppm = 500'000, to_block_ppm = 900'000;
constexpr std::uint64_t first_decision = 35;

int strength(std::string_view kind) noexcept {
  if (kind == "judged" || kind == "waived") return 3;
  return kind == "green" || kind == "standing" ? 1 : 2;
}

bool is_of_ci(std::string_view kind) noexcept { return kind == "red" || kind == "green"; }

constexpr const char* last =
    "SELECT version, known_right, known_wrong, right_count, wrong_count, earned, graded"
    " FROM gate_rule WHERE name = ? AND ";

Level level_in(const store::Statement& row, int column) {
  return parse_level(row.text(column)).value_or(Level::shadow);
}

std::uint64_t count_in(const store::Statement& row, int column) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(row.number(column), 0));
}

Standing standing_of(const store::Statement& row) {
  Standing standing;
  standing.version = row.number(0);
  standing.known = {count_in(row, 1), count_in(row, 2)};
  standing.live = {count_in(row, 3), count_in(row, 4)};
  standing.earned = level_in(row, 5);
  standing.is_graded = row.number(6) != 0;
  return standing;
}

// Wilson's interval, computed in 64-bit integers scaled by a million, with the square root found by bisection:
// floating point could round differently on another machine and so promote a gate there and not here. Roots and
// quotients are rounded outwards, so the interval is never narrower than the exact one.

constexpr std::uint64_t million = 1'000'000;
constexpr std::uint64_t z2 = 3'841'459;  // 1.959964 squared, in millionths

// Returns the least number whose square is at least `value`.
std::uint64_t root_above(std::uint64_t value) noexcept {
  std::uint64_t low = 0, high = std::uint64_t{1} << 32;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (middle * middle >= value)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

bool allows(Level level, Counts counts) noexcept { return level_of(counts) >= level; }

// The first one above.
std::uint64_t next_decision(std::uint64_t outcomes) noexcept {
  std::uint64_t at = first_decision;
  while (at <= outcomes) at *= 2;
  return at;
}

}  // namespace

Standing beginning(const Rule& rule) noexcept {
  Standing standing;
  standing.known = rule.known;
  standing.is_graded = rule.is_graded;
  standing.earned = !rule.is_graded                       ? Level::block
                    : rule.known.total() < first_decision ? Level::shadow
                                                          : level_of(rule.known);
  return standing;
}

std::string sentence_about(const Standing& standing) {
  const Counts counts = standing.all();
  if (!standing.is_graded) return "This follows from facts and is not graded";
  if (counts.total() == 0) return "This gate has no outcomes yet";
  return "This gate has been right in " + std::to_string(counts.right) + " of " + std::to_string(counts.total()) +
         " (95 % interval " + to_string(interval(counts)) + ")";
}

Level in_force(const Standing& standing, Level configured) noexcept {
  return std::min(standing.set.value_or(configured), standing.earned);
}

Result<Records> Records::open(const store::Options& options) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto ready = store->migrate(tables()); !ready) return ready.error();
  return Records(*std::move(store));
}

void Records::lock(const std::string& gate) {
  store_.apply("INSERT INTO gate_lock VALUES (?, '') ON CONFLICT(name) DO UPDATE SET level = gate_lock.level", {gate});
}

Result<Standing> Records::standing(const Rule& rule) {
  const auto look = store_.ask(std::string(last) + "words = ?", {rule.gate, rule.words});
  if (!look) return look.error();
  Standing standing = look->has_row() ? standing_of(*look) : beginning(rule);
  const auto set = store_.ask("SELECT level FROM gate_lock WHERE name = ?", {rule.gate});
  if (!set) return set.error();
  if (set->has_row()) standing.set = parse_level(set->text(0));
  const auto open = store_.ask(
      "SELECT count(*), count(CASE WHEN commit_id <> '' THEN 1 END) FROM trial"
      " WHERE gate = ? AND version = ? AND flagged = 1 AND correct < 0",
      {rule.gate}, {standing.version});
  if (!open) return open.error();
  standing.open = count_in(*open, 0);
  standing.standing = count_in(*open, 1);
  return standing;
}

Result<std::vector<std::string>> Records::names() {
  auto names = store_.rows("SELECT DISTINCT name FROM gate_rule", {}, {}, [](const auto& row) { return row.text(0); });
  if (names) std::ranges::sort(*names);
  return names;
}

// REQUIRES: the gate is locked.
Result<std::int64_t> Records::version_of(const Rule& rule, std::int64_t now) {
  const auto look = store_.ask(std::string(last) + "words = ?", {rule.gate, rule.words});
  if (!look) return look.error();
  if (look->has_row()) return look->number(0);
  const auto newest = store_.ask("SELECT max(version) FROM gate_rule WHERE name = ?", {rule.gate});
  if (!newest) return newest.error();
  const std::int64_t version = newest->has_row() ? newest->number(0) + 1 : 1;
  store_.apply(
      "INSERT INTO gate_rule(name, words, earned, version, known_right, known_wrong, right_count, wrong_count, graded,"
      " since) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
      {rule.gate, rule.words, std::string(to_string(beginning(rule).earned))},
      {version, static_cast<std::int64_t>(rule.known.right), static_cast<std::int64_t>(rule.known.wrong),
       rule.is_graded ? 1 : 0, now});
  return version;
}

Result<Trial> Records::note(const Rule& rule, Trial trial) {
  trial.gate = rule.gate;
  return store_.transaction([&]() -> Result<Trial> {
    lock(rule.gate);
    const auto version = version_of(rule, trial.at);
    if (!version) return version.error();
    trial.version = *version;
    const auto same =
        read("gate = ? AND subject = ? AND version = ? AND flagged = ? AND correct < 0 ORDER BY id LIMIT 1",
             {trial.gate, trial.subject}, {trial.version, trial.flagged ? 1 : 0});
    if (!same) return same.error();
    if (!same->empty()) return same->front();
    const auto insert = store_.ask(
        "INSERT INTO trial(gate, subject, mode, repo, base, state, commit_id, outcome, version, flagged, at, correct)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?) RETURNING id",
        {trial.gate, trial.subject, std::string(to_string(trial.mode)), trial.repo, trial.base, trial.state,
         trial.commit},
        {trial.version, trial.flagged ? 1 : 0, trial.at, undecided_mark});
    if (!insert) return insert.error();
    trial.id = insert->number(0);
    return trial;
  });
}

Result<std::vector<Trial>> Records::read(const std::string& where, const std::vector<std::string>& words,
                                         const std::vector<std::int64_t>& numbers) {
  return store_.rows(
      "SELECT id, gate, version, subject, flagged, mode, repo, base, state, commit_id, at, correct, outcome FROM trial"
      " WHERE " +
          where,
      words, numbers, [](const store::Statement& row) {
        Trial trial{row.number(0), row.text(1), row.number(2), row.text(3), row.number(4) != 0, level_in(row, 5),
                    row.text(6),   row.text(7), row.text(8),   row.text(9), row.number(10)};
        if (const std::int64_t correct = row.number(11); correct != undecided_mark) trial.correct = correct != 0;
        trial.outcome = row.text(12);
        return trial;
      });
}

Result<std::optional<Trial>> Records::find(std::int64_t id) {
  auto found = read("id = ?", {}, {id});
  if (!found) return found.error();
  return found->empty() ? std::optional<Trial>() : std::optional<Trial>(std::move(found->front()));
}

Result<std::vector<Trial>> Records::trials(const std::string& gate, std::int64_t version, std::size_t most) {
  return read("gate = ? AND version = ? ORDER BY id DESC LIMIT ?", {gate}, {version, static_cast<std::int64_t>(most)});
}

Result<std::vector<Trial>> Records::unsettled(const std::string& repo) {
  const std::string which = "flagged = 1 AND (correct < 0 OR outcome IN ('green', 'standing')) ORDER BY id";
  return repo.empty() ? read(which, {}, {}) : read("repo = ? AND " + which, {repo}, {});
}

Result<std::vector<Trial>> Records::of_commit(const std::string& beginning) {
  return read("commit_id >= ? AND commit_id < ? ORDER BY id", {beginning, beginning + "g"}, {});
}

Result<std::vector<Trial>> Records::of_subject(const std::string& gate, const std::string& beginning) {
  const auto length = static_cast<std::int64_t>(beginning.size());
  return read("gate = ?1 AND flagged = 1 AND correct < 0 AND substr(subject, 1, CAST(?3 AS INTEGER)) = ?2 ORDER BY id",
              {gate, beginning}, {length});
}

Result<bool> Records::knows(const Rule& rule, const std::string& subject) {
  const auto look = store_.ask(
      "SELECT 1 FROM trial JOIN gate_rule ON gate_rule.name = trial.gate AND gate_rule.version = trial.version"
      " WHERE trial.gate = ? AND trial.subject = ? AND gate_rule.words = ?",
      {rule.gate, subject, rule.words});
  return look ? Result<bool>(look->has_row()) : look.error();
}

Result<void> Records::attach(std::int64_t id, const std::string& commit) {
  return store_.change("UPDATE trial SET commit_id = ? WHERE id = ?", {commit}, {id});
}

Result<void> Records::set(const std::string& gate, std::optional<Level> level) {
  return store_.change("INSERT INTO gate_lock VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET level = excluded.level",
                       {gate, level ? std::string(to_string(*level)) : std::string()});
}

// Returns the strongest outcome, and the latest of equally strong ones. Of CI's results only the latest counts.
Result<Outcome> Records::decisive(std::int64_t id) {
  auto all = store_.rows("SELECT kind, correct, source FROM outcome WHERE trial = ? ORDER BY id", {}, {id},
                         [](const auto& row) {
                           return Outcome{row.text(0), row.number(1) != 0, row.text(2)};
                         });
  if (!all) return all.error();
  const Outcome* latest_of_ci = nullptr;
  for (const Outcome& outcome : *all)
    if (is_of_ci(outcome.kind)) latest_of_ci = &outcome;
  Outcome best;
  for (const Outcome& outcome : *all) {
    if (is_of_ci(outcome.kind) && &outcome != latest_of_ci) continue;
    if (best.kind.empty() || strength(best.kind) <= strength(outcome.kind)) best = outcome;
  }
  return best;
}

// REQUIRES: the gate is locked, and `trial` is as it was before.
Result<void> Records::regrade(const Trial& trial, bool correct) {
  const auto look = store_.ask(std::string(last) + "version = ?", {trial.gate}, {trial.version});
  if (!look) return look.error();
  if (!look->has_row()) return {};
  Standing standing = standing_of(*look);
  if (trial.correct) (*trial.correct ? standing.live.right : standing.live.wrong) -= 1;
  (correct ? standing.live.right : standing.live.wrong) += 1;
  const auto open = store_.ask(
      "SELECT count(*) FROM trial WHERE gate = ? AND version = ? AND flagged = 1 AND correct < 0 AND commit_id <> ''",
      {trial.gate}, {trial.version});
  if (!open) return open.error();
  if (standing.is_graded)
    standing.earned = next_level(standing.earned, standing.all(), count_in(*open, 0), !trial.correct.has_value());
  return store_.change(
      "UPDATE gate_rule SET earned = ?1, right_count = ?3, wrong_count = ?4 WHERE name = ?2 AND version = ?5",
      {std::string(to_string(standing.earned)), trial.gate},
      {static_cast<std::int64_t>(standing.live.right), static_cast<std::int64_t>(standing.live.wrong), trial.version});
}

Result<bool> Records::decide(std::int64_t id, const Outcome& outcome, std::int64_t now) {
  const auto known = find(id);
  if (!known) return known.error();
  if (!*known) return Error{ErrorCode::not_found, "there is no trial " + std::to_string(id), "", "cascade gate list"};
  return store_.transaction([&]() -> Result<bool> {
    lock((*known)->gate);
    const auto before = find(id);
    if (!before) return before.error();
    if (!*before) return false;
    store_.apply("INSERT INTO outcome(kind, source, trial, correct, at) VALUES (?, ?, ?, ?, ?)",
                 {outcome.kind, outcome.source}, {id, outcome.correct ? 1 : 0, now});
    const auto best = decisive(id);
    if (!best) return best.error();
    const Trial& trial = **before;
    const bool changed = trial.correct != best->correct;
    store_.apply("UPDATE trial SET outcome = ?, correct = ? WHERE id = ?", {best->kind}, {best->correct ? 1 : 0, id});
    if (changed && trial.flagged)
      if (const auto done = regrade(trial, best->correct); !done) return done.error();
    return changed;
  });
}

constexpr letters::Names<Level::block> level_names("shadow", "warn", "block");
std::string_view to_string(Level level) noexcept { return level_names.of(level); }

std::optional<Level> parse_level(std::string_view text) noexcept { return level_names.find(text); }

// (2r + z² ± z·sqrt(z² + 4rw/n)) / (2(n + z²)), with the factor z moved into the root.
Interval interval(Counts counts) noexcept {
  const std::uint64_t n = counts.total();
  if (n == 0) return {0, million};
  if (n > million) {  // larger counts change nothing visible
    const std::uint64_t right = counts.right / (n / million + 1);
    return interval({right, counts.wrong / (n / million + 1)});
  }
  const std::uint64_t spread = (counts.right * counts.wrong * (million / 4) + n - 1) / n;  // rw/n, in 4 millionths
  const std::uint64_t root = root_above(z2 * z2 + 16 * z2 * spread);
  const std::uint64_t middle = 2 * counts.right * million + z2, whole = 2 * (n * million + z2);
  const std::uint64_t lower = middle > root ? (middle - root) * million / whole : 0;
  const std::uint64_t upper = ((middle + root) * million + whole - 1) / whole;
  return {static_cast<std::uint32_t>(lower), static_cast<std::uint32_t>(std::min(upper, million))};
}

Level level_of(Counts counts) noexcept {
  const std::uint32_t lower = interval(counts).lower;
  return lower >= to_block_ppm ? Level::block : lower >= to_warn_ppm ? Level::warn : Level::shadow;
}

bool is_decision(std::uint64_t outcomes) noexcept {
  return outcomes >= first_decision && next_decision(outcomes - 1) == outcomes;
}

std::string to_string(Interval interval) {
  const auto digits = [](std::uint32_t ppm) {
    const std::uint32_t hundredths = ppm / 10'000;
    return std::to_string(hundredths / 100) + "." + std::to_string(hundredths / 10 % 10) +
           std::to_string(hundredths % 10);
  };
  return digits(interval.lower) + " to " + digits(interval.upper);
}

Level next_level(Level earned, Counts counts, std::uint64_t standing, bool grew) noexcept {
  const Level held = std::min(earned, level_of(counts));
  if (!grew || !is_decision(counts.total())) return held;
  return std::max(held, level_of({counts.right, counts.wrong + standing}));
}

Way way_to(Level level, Counts counts) noexcept {
  Way way;
  way.outcomes = next_decision(counts.total());
  while (!allows(level, {way.outcomes - counts.wrong, counts.wrong})) way.outcomes *= 2;
  way.more = way.outcomes - counts.total();
  std::uint64_t low = 0, high = way.more;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (allows(level, {counts.right + middle, counts.wrong + way.more - middle}))
      high = middle;
    else
      low = middle + 1;
  }
  way.right = low;
  return way;
}

}  // namespace cascade::gate
