// Goes through the rows of the table in order; the first one whose program, verbs and options match decides. Order
// replaces priorities: special cases come before general ones in verb_rules.tsv, where they can be read together.
#include "evidence/verb_rules.h"

#include <algorithm>

namespace cascade::evidence {
namespace {

bool is_among(std::string_view alternatives, std::string_view word) {
  if (alternatives == "*") return !word.empty();
  while (!alternatives.empty()) {
    const std::size_t end = std::min(alternatives.find('|'), alternatives.size());
    if (alternatives.substr(0, end) == word) return true;
    alternatives.remove_prefix(std::min(end + 1, alternatives.size()));
  }
  return false;
}

// Returns how many operands the verbs match; nothing: they do not match.
std::optional<std::size_t> verbs_taken(std::string_view verbs, const Words& words) {
  std::size_t taken = 0;
  bool fits = true;
  if (!verbs.empty() && verbs.front() == '~') {
    fits = std::any_of(words.operands().begin(), words.operands().end(),
                       [&](const std::string& word) { return is_among(verbs.substr(1), word); });
    return fits ? std::optional(taken) : std::nullopt;
  }
  each_word(verbs, [&](std::string_view alternatives) {
    fits = fits && is_among(alternatives, words.operand(taken));
    ++taken;
  });
  return fits ? std::optional(taken) : std::nullopt;
}

bool has_any(const Words& words, std::string_view options) {
  bool found = false;
  each_word(options, [&](std::string_view option) {
    const bool short_letter = option.size() == 2 && option[1] != '-';
    found = found || words.has(option) || (short_letter && words.has_letter(option[1]));
  });
  return found;
}

// Fills in one source of a target; empty: it is missing.
std::string filled(std::string_view source, const Words& words, std::size_t taken) {
  if (source.front() == '=') return std::string(source.substr(1));
  if (source.front() == '-') {
    std::string options(source);
    std::replace(options.begin(), options.end(), '|', ' ');
    return words.value(options);
  }
  std::string target;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const bool counts_all = source[i] == '@';
    if (source[i] != '#' && !counts_all) {
      target += source[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(source[++i] - '1');
    const std::string_view operand = words.operand(counts_all ? index : taken + index);
    if (operand.empty()) return {};
    target += operand;
  }
  return target;
}

std::string target_of(const VerbRule& rule, const Words& words, std::size_t taken) {
  std::string target;
  each_word(rule.target, [&](std::string_view source) {
    if (target.empty()) target = filled(source, words, taken);
  });
  return target.empty() ? words.call().program : target;
}

}  // namespace

std::string_view options_with_value(std::string_view program) noexcept {
  for (const ValueOptions& row : value_options())
    if (lists(row.programs, program)) return row.options;
  return {};
}

bool only_rehearses(const Words& words) {
  constexpr std::string_view rehearsals =
      "--help -help --usage --dryrun --noop --no-op --what-if --whatif --preview --pretend --simulate --plan "
      "--plan-only --build-only --list-hosts --list-tasks --syntax-check --no-execute-changeset "
      "--generate-cli-skeleton "
      "--validate-only --check --sql --just-print --print-only --local";
  if (has_any(words, rehearsals) || words.operand(0) == "help") return true;
  // `--version 1.0.0` is an ordinary option.
  if (words.has("--version") && words.value("--version").empty() && words.operands().size() < 2) return true;
  // Programs for which -h is a host or something other than help.
  constexpr std::string_view other_h = "psql mysql mariadb redis-cli valkey-cli mongosh rsync ls-remote git du df ssh";
  if (words.has("-h") && !lists(other_h, words.call().program)) return true;
  for (const shell::Value& word : words.call().words) {
    const std::string_view text = word.text;
    if (text.substr(0, 9) != "--dry-run") continue;
    const std::string_view value = text.size() > 10 ? text.substr(10) : std::string_view();
    if (value != "none" && value != "false") return true;
  }
  return false;
}

std::optional<Ruled> by_verbs(const shell::Call& call) {
  const Words words(call, options_with_value(call.program));
  for (const VerbRule& rule : verb_rules()) {
    if (!lists(rule.programs, call.program)) continue;
    const auto taken = verbs_taken(rule.verbs, words);
    if (!taken) continue;
    if (!rule.needs.empty() && !has_any(words, rule.needs)) continue;
    if (!rule.unless.empty() && has_any(words, rule.unless)) continue;
    Ruled ruled;
    ruled.finding.program = call.program;
    for (std::size_t i = 0; i < *taken; ++i)
      ruled.finding.subcommand += (i > 0 ? " " : "") + std::string(words.operand(i));
    ruled.finding.target = target_of(rule, words, *taken);
    if (const auto kind = kind_of(rule.what)) {
      ruled.finding.is_effect = true;
      ruled.finding.kind = *kind;
      ruled.finding.idle = rule.idle;
      ruled.nothing = only_rehearses(words);
    } else if (const auto interface = interface_of(rule.what)) {
      ruled.finding.interface = *interface;
      ruled.nothing = words.has("--help");
    } else {
      ruled.nothing = true;
    }
    return ruled;
  }
  return std::nullopt;
}

}  // namespace cascade::evidence
