// A word in lower case without an article is no noun of English where a preposition or a verb stands right before it
// ("escalate to architect"): it is a name. So is a capitalized one within a sentence. Words that end like these and
// mostly mean something else are left out. What is left binds only where an agent has the name.
#include "manifest/role_places.h"

#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/word_set.h"

#include <algorithm>
#include <cstdint>

namespace cascade::manifest {
namespace {

constexpr std::size_t shortest = 5, longest = 24;  // words

// Words with such an end that seldom stand for anybody.
bool is_ordinary(std::string_view word) {
  static constexpr auto words = letters::word_set(
      "actor", "adapter", "affect", "after", "allowlist", "another", "answer", "artist", "aspect", "assist", "author",
      "behavior", "better", "blacklist", "blocklist", "browser", "buffer", "center", "chapter", "checklist", "cluster",
      "collect", "color", "connect", "consider", "consist", "container", "corner", "correct", "counter", "cover",
      "cursor", "customer", "defect", "defer", "deliver", "denylist", "detect", "direct", "disconnect", "discover",
      "divider", "docker", "effect", "either", "elect", "enlist", "enter", "error", "exist", "expect", "factor",
      "faster", "fewer", "filter", "floor", "folder", "footer", "frontmatter", "further", "header", "higher", "honor",
      "hover", "however", "identifier", "incorrect", "indirect", "inject", "insect", "inspect", "integer", "intersect",
      "larger", "later", "layer", "letter", "longer", "lower", "major", "master", "matter", "member", "minimalist",
      "minor", "mirror", "monitor", "neither", "never", "newer", "number", "object", "offer", "older", "operator",
      "order", "other", "paper", "parameter", "perfect", "persist", "placeholder", "player", "playlist", "pointer",
      "power", "prefer", "prettier", "project", "proper", "prospect", "protect", "provider", "rather", "redirect",
      "refactor", "refer", "reflect", "register", "reject", "remember", "render", "resist", "respect", "router",
      "select", "selector", "server", "shorter", "shortlist", "silver", "slider", "slower", "smaller", "spinner",
      "stakeholder", "subject", "suspect", "swagger", "takeover", "timer", "together", "transfer", "trigger", "tutor",
      "twist", "under", "vector", "vendor", "water", "weather", "whether", "whitelist", "wishlist", "wrapper");
  return words.has(word);
}

bool is_lower_word(std::string_view word) { return std::all_of(word.begin(), word.end(), letters::is_lower); }

// The letters that end at `end`.
std::string_view word_to(std::string_view line, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest && letters::is_letter(line[begin - 1])) --begin;
  return line.substr(begin, end - begin);
}

// The word behind one blank; empty: none.
std::string_view word_behind(std::string_view after) {
  if (!after.starts_with(' ')) return {};
  std::size_t end = 1;
  while (end < after.size() && end < longest && letters::is_letter(after[end])) ++end;
  return after.substr(1, end - 1);
}

// The word before one blank that ends the text.
std::string_view word_before_blank(std::string_view before) {
  if (!before.ends_with(' ')) return {};
  const std::size_t end = before.size() - 1;
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest && letters::is_name(before[begin - 1])) --begin;
  return begin < end && letters::is_letter(before[begin]) ? before.substr(begin, end - begin) : std::string_view();
}

bool begins_with_arrow(std::string_view text) {
  return text.starts_with("->") || text.starts_with("=>") || text.starts_with("\xE2\x86\x92");
}

std::size_t arrow_before(std::string_view before) {
  if (before.ends_with("-> ") || before.ends_with("=> ")) return 3;
  return before.ends_with("\xE2\x86\x92 ") ? 4 : 0;
}

// Whether the clause ends right behind a name.
bool ends_clause(std::string_view after) {
  if (after.empty()) return true;
  if (std::string_view(".,:;)!?]\"*|").find(after.front()) != std::string_view::npos) return true;
  after.remove_prefix(after.front() == ' ' ? 1 : 0);
  if (after.empty()) return true;
  return after.front() == '(' || after.front() == '|' || after.front() == '+' || after.front() == '/' ||
         after.starts_with("- ") || after.starts_with("--") || after.starts_with("\xE2\x80\x94") ||
         after.starts_with("\xE2\x80\x93") || begins_with_arrow(after);
}

// Or goes on with something that is no noun, so that the name is not the first half of one ("worker messages").
bool ends_phrase(std::string_view after) {
  static constexpr auto words =
      letters::word_set("to", "with", "for", "from", "in", "on", "at", "by", "via", "and", "or", "then", "first",
                        "again", "when", "if", "after", "before", "until", "once", "while", "as", "using", "specifying",
                        "agent", "agents", "subagent", "instead", "per", "only", "directly", "immediately", "next",
                        "now", "who", "which", "so", "because", "but", "against", "about");
  return ends_clause(after) || words.has(word_behind(after));
}

// Whether a list or clause begins right after the text.
bool begins_clause(std::string_view before) {
  if (before.empty()) return true;
  if (std::string_view("([\"*").find(before.back()) != std::string_view::npos) return true;
  if (before.back() != ' ') return false;
  before.remove_suffix(1);
  return before.empty() || std::string_view(":,|*>-+.)").find(before.back()) != std::string_view::npos ||
         before.ends_with(' ');
}

bool starts_work(std::string_view word) {
  static constexpr auto words =
      letters::word_set("run", "rerun", "re-run", "invoke", "invokes", "invoking", "dispatch", "dispatches",
                        "dispatching", "spawn", "spawns", "spawning", "launch", "launches", "consult", "call", "calls",
                        "summon", "notify", "ask", "engage", "involve");
  return words.has(word);
}

bool joins(std::string_view word) {
  static constexpr auto words = letters::word_set("to", "with", "by", "via", "from", "for");
  return words.has(word);
}

// "NEXT: tester", "Hand off to: planner".
bool is_label_for_names(std::string_view before) {
  static constexpr auto last = letters::word_set("next", "then", "handoff", "assignee", "recommend", "recommended",
                                                 "delegate", "agent", "phase", "step", "to", "owner");
  if (!before.ends_with(' ')) return false;
  before.remove_suffix(1);
  while (before.ends_with('*')) before.remove_suffix(1);
  if (!before.ends_with(':')) return false;
  before.remove_suffix(1);
  while (before.ends_with('*')) before.remove_suffix(1);
  const std::string_view word = word_to(before, before.size());
  if (!last.has(word)) return false;
  if (!letters::equals_lower(word, "phase") && !letters::equals_lower(word, "step") &&
      !letters::equals_lower(word, "to") && !letters::equals_lower(word, "agent"))
    return true;
  // "next_phase:", "Hand off to:", "Next agent:"
  static constexpr auto first =
      letters::word_set("next", "off", "over", "delegate", "escalate", "recommended", "route", "handoff");
  before.remove_suffix(word.size());
  if (before.empty() || (before.back() != ' ' && before.back() != '_' && before.back() != '-')) return false;
  before.remove_suffix(1);
  return first.has(word_to(before, before.size()));
}

// "the verifier": somebody at work, but not people or parts of programs.
bool is_known_by_article(std::string_view word) {
  static constexpr auto others = letters::word_set(
      "administrator", "analyzer", "attacker", "beginner", "builder", "bundler", "buyer", "calculator", "caller",
      "checker", "competitor", "compiler", "connector", "constructor", "consumer", "contributor", "controller",
      "converter", "creator", "debugger", "decorator", "developer", "editor", "employer", "emulator", "engineer",
      "exporter", "follower", "formatter", "generator", "handler", "helper", "importer", "indexer", "installer",
      "interpreter", "investor", "iterator", "launcher", "leader", "linter", "listener", "loader", "logger",
      "maintainer", "manager", "minifier", "observer", "operator", "optimizer", "owner", "parser", "partner", "printer",
      "producer", "profiler", "provider", "reader", "receiver", "recorder", "reducer", "requester", "reviewer",
      "runner", "scanner", "scheduler", "seller", "sender", "separator", "simulator", "speaker", "specialist",
      "specifier", "tracker", "trader", "updater", "validator", "viewer", "visitor", "watcher", "worker", "writer");
  return !others.has(word);
}

// "a fixer agent", "each fixer subagent": the kind behind the word says that it is a name.
bool is_before_kind(std::string_view after) { return after.starts_with(" agent") || after.starts_with(" subagent"); }

// "after tester completes".
bool is_subject(std::string_view before, std::string_view after) {
  static constexpr auto times = letters::word_set("after", "before", "if", "when", "until", "once", "while");
  static constexpr auto verbs =
      letters::word_set("completes", "finishes", "approves", "rejects", "returns", "reports", "fails", "passes", "runs",
                        "ends", "is", "has", "says", "confirms", "writes", "finds", "signs", "delivers", "succeeds",
                        "flags", "marks", "asks", "identifies", "produces", "verifies");
  return times.has(word_before_blank(before)) && verbs.has(word_behind(after));
}

// Between two arrows, or at either end of a row of them.
bool stands_by_arrow(std::string_view before, std::string_view after) {
  const bool points_on = after.starts_with(' ') && begins_with_arrow(after.substr(1));
  if (arrow_before(before) != 0) return ends_clause(after);
  return points_on && begins_clause(before);
}

bool is_enclosed(std::string_view before, std::string_view after) {
  if (!before.ends_with("(") || after.empty()) return false;
  return after.front() == ')' || after.starts_with(", ") || after.starts_with(" + ") || after.starts_with(" / ") ||
         after.starts_with(" or ") || after.starts_with(" and ");
}

// Words before which a word in lower case may be a name: most words stand behind others.
bool may_lead(std::string_view word) {
  static constexpr auto words =
      letters::word_set("the", "run", "rerun", "re-run", "invoke", "invokes", "invoking", "dispatch", "dispatches",
                        "dispatching", "spawn", "spawns", "spawning", "launch", "launches", "consult", "call", "calls",
                        "summon", "notify", "ask", "engage", "involve", "to", "with", "by", "via", "from", "for",
                        "after", "before", "if", "when", "until", "once", "while");
  return words.has(word);
}

// drawn: by an arrow. ordered: right behind a verb that starts work or behind "to".
enum class Naming : std::uint8_t { none, named, drawn, ordered };

// "a service to architect".
bool is_verb(std::string_view word) {
  static constexpr auto words = letters::word_set("architect", "engineer", "mentor", "tailor", "broker", "pilot");
  return words.has(word);
}
bool hands_on(std::string_view word) {
  static constexpr auto words =
      letters::word_set("escalate", "escalates", "delegate", "delegates", "hand", "handed", "route", "return", "report",
                        "proceed", "off", "over", "back", "pass", "send", "goes", "go", "switch", "recommend", "it");
  return words.has(word);
}

Naming naming_in_lower_case(std::string_view word, std::string_view before, std::string_view after) {
  const auto named = [](bool is_named) { return is_named ? Naming::named : Naming::none; };
  if (stands_by_arrow(before, after)) return Naming::drawn;
  if (is_enclosed(before, after)) return Naming::named;
  const std::string_view last = word_before_blank(before);
  if (last.empty()) return named(is_label_for_names(before) && ends_clause(after));
  if (letters::equals_lower(last, "the")) return named(is_known_by_article(word));
  if (starts_work(last)) {
    if (!ends_phrase(after) || !is_known_by_article(word)) return Naming::none;
    return last.back() == 's' || last.back() == 'g' ? Naming::named : Naming::ordered;
  }
  if (!joins(last)) return named(is_subject(before, after) || is_before_kind(after));
  if (!ends_phrase(after)) return named(after.starts_with("'s "));
  if (letters::equals_lower(last, "to") && is_verb(word) &&
      !hands_on(word_before_blank(before.substr(0, before.size() - 3))))
    return Naming::none;
  return letters::equals_lower(last, "to") ? Naming::ordered : Naming::named;
}

// Whether one word with a capital is only the first of its sentence.
bool begins_title(std::string_view word) {
  static constexpr auto words =
      letters::word_set("the", "a", "an", "if", "when", "after", "before", "with", "to", "by", "for", "from", "via",
                        "and", "or", "then", "use", "notify", "request", "ask", "see", "let", "once", "no", "are");
  return !words.has(word) && !starts_work(word);
}

bool is_described_by(std::string_view word) {
  static constexpr auto words =
      letters::word_set("a", "an", "as", "any", "every", "each", "another", "one", "are", "is", "am", "our", "your",
                        "senior", "expert", "my", "you", "of", "named", "and", "or", "do", "da", "de", "del", "du");
  return words.has(word);
}

// The capitalized words before the one at `begin` that belong to its title.
std::size_t title_begin(std::string_view line, std::size_t begin) {
  constexpr int most = 3;
  for (int words = 0; words < most && begin > 1 && line[begin - 1] == ' '; ++words) {
    const std::string_view word = word_to(line, begin - 1);
    if (word.size() < 2 || !letters::is_upper(word.front()) || !begins_title(word)) break;
    begin -= word.size() + 1;
  }
  return begin;
}

Naming naming_with_capital(std::string_view before, std::string_view after) {
  const auto named = [](bool is_named) { return is_named ? Naming::named : Naming::none; };
  if (stands_by_arrow(before, after)) return Naming::drawn;
  if (is_enclosed(before, after)) return Naming::named;
  const std::string_view last = word_before_blank(before), next = word_behind(after);
  if (last.empty()) return named(is_label_for_names(before) && ends_clause(after));
  if (!next.empty() && letters::is_upper(next.front())) return Naming::none;
  const bool orders = starts_work(last) && last.back() != 's' && last.back() != 'g';
  if (letters::is_upper(last.front()) && !starts_work(last)) return Naming::none;
  if (letters::equals_lower(last, "the"))
    return named(!is_described_by(word_before_blank(before.substr(0, before.size() - 4))));
  if (is_described_by(last) || after.starts_with("**:")) return Naming::none;
  return (orders || letters::equals_lower(last, "to")) && ends_phrase(after) ? Naming::ordered : Naming::named;
}

constexpr letters::ByteSet leads_items("-*#|.+0123456789");  // before a blank, or the end of a sentence
constexpr letters::ByteSet stand_before(" ([\"*"), stand_behind(" ,;)]!?\"*|");

bool may_stand_behind(std::string_view after) {
  if (after.empty() || stand_behind.has(after.front())) return true;
  if (after.front() == '.') return after.size() == 1 || letters::is_space(after[1]);
  return after == ":" || after.starts_with("'s ");
}

// A word with or without a capital, between marks that may stand around names.
RolePlace plain_word(std::string_view line, std::size_t begin, std::size_t end) {
  if (end < begin + 3 || end - begin >= longest || !is_lower_word(line.substr(begin + 1, end - begin - 1))) return {};
  if ((begin > 0 && !stand_before.has(line[begin - 1])) || !may_stand_behind(line.substr(end))) return {};
  return {begin, end};
}

// Behind a remark in parentheses, which is no part of the list.
std::size_t skip_remark(std::string_view line, std::size_t at) {
  constexpr std::size_t longest_remark = 80;
  if (line.substr(at, 2) != " (") return at;
  const std::size_t close = line.substr(0, std::min(line.size(), at + longest_remark)).find(')', at);
  return close == std::string_view::npos ? at : close + 1;
}

// Most words have none of the first bytes of " ->" behind them.
bool may_begin_arrow(std::string_view line, std::size_t at) {
  return at + 1 < line.size() && line[at] == ' ' &&
         (line[at + 1] == '-' || line[at + 1] == '=' || line[at + 1] == '\xE2');
}

// Most words fail before this.
[[gnu::noinline]] RolePlace judge_place(std::string_view line, std::size_t begin, std::size_t end) {
  const std::string_view word = line.substr(begin, end - begin), after = line.substr(end);
  if (is_ordinary(word)) return {};
  const bool capital = letters::is_upper(word.front());
  if (capital) begin = title_begin(line, begin);
  if (begin > 0 && !stand_before.has(line[begin - 1])) return {};
  const std::string_view before = line.substr(0, begin);
  const Naming naming = capital ? naming_with_capital(before, after) : naming_in_lower_case(word, before, after);
  if (naming == Naming::none) return {};
  return {begin, end, naming == Naming::ordered, naming == Naming::drawn};
}

}  // namespace

RolePlace role_place(std::string_view line, std::size_t at) {
  const std::size_t end = at + 2;
  std::size_t begin = at - 2;
  while (begin > 0 && letters::is_lower(line[begin - 1])) --begin;
  const bool capital = begin > 0 && letters::is_upper(line[begin - 1]);
  if (capital) --begin;
  if (begin > 0 && !stand_before.has(line[begin - 1])) return {};
  const std::size_t size = end - begin;
  if (size < shortest || size >= longest || !may_stand_behind(line.substr(end))) return {};
  const char before = begin > 1 ? line[begin - 2] : '\0';
  const auto fails = [&] {
    if (capital) return leads_items.has(before);
    if (!letters::is_letter(before)) return false;
    std::size_t word = begin - 2;
    while (word > 0 && begin - word < longest && letters::is_name(line[word - 1])) --word;
    return !may_lead(line.substr(word, begin - 1 - word)) && !is_before_kind(line.substr(end));
  };
  if (fails() && !may_begin_arrow(line, end)) return {};
  return judge_place(line, begin, end);
}

RolePlace next_role(std::string_view line, std::size_t end) {
  end = skip_remark(line, end);
  bool any = false;  // any word is a name
  std::size_t begin = 0;
  for (const std::string_view joint :
       {", and ", ", or ", ", ", " and ", " or ", " + ", " / ", " | ", " -> ", " => ", " \xE2\x86\x92 "})
    if (line.substr(end, joint.size()) == joint) {
      begin = end + joint.size();
      any = begins_with_arrow(joint.substr(1)) || joint == " | ";
      break;
    }
  if (begin == 0) return {};
  std::size_t stop = begin;
  while (stop < line.size() && stop - begin < longest && letters::is_letter(line[stop])) ++stop;
  const RolePlace place = plain_word(line, begin, stop);
  if (place.end == 0) return {};
  const std::string_view word = line.substr(begin, stop - begin);
  if (any) return ends_clause(line.substr(stop)) ? place : RolePlace{};
  const bool role = word.size() >= shortest && is_before_role_end(word, word.size() - 2) &&
                    ends_like_role(word, word.size() - 2) && !is_ordinary(word);
  return role && ends_phrase(line.substr(stop)) ? place : RolePlace{};
}

RolePlace role_before_arrow(std::string_view line, std::size_t begin) {
  const std::size_t arrow = arrow_before(line.substr(0, begin));
  if (arrow == 0 || begin < arrow + 4 || line[begin - arrow - 1] != ' ') return {};
  const std::size_t end = begin - arrow - 1;
  const std::string_view word = word_to(line, end);
  const RolePlace place = plain_word(line, end - word.size(), end);
  if (place.end == 0) return {};
  const std::string_view before = line.substr(0, place.begin);
  return arrow_before(before) != 0 || begins_clause(before) ? place : RolePlace{};
}

}  // namespace cascade::manifest
