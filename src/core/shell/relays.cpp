// Follows the words that a program hands on: as a line, as a program, or as what a person would have typed. What runs
// in another terminal knows nothing of this line's variables, and its status says nothing about this line.
#include "shell/relays.h"

#include <algorithm>
#include <utility>

#include "shell/relay_rows.h"
#include "shell/runner.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::shell {
namespace {

struct Handed {
  std::vector<Value> words;        // behind options and operands
  std::vector<Value> operands;     // before them
  std::vector<std::string> lines;  // values of options
  std::optional<Value> folder;
  bool literal = false, hexadecimal = false;  // tmux send-keys -l, -H
};

bool is_alternative(std::string_view alternatives, std::string_view word, bool abbreviates) {
  constexpr std::size_t shortest = 4;  // tmux takes any beginning that is clear
  while (!alternatives.empty()) {
    const std::size_t end = std::min(alternatives.find('|'), alternatives.size());
    const std::string_view one = alternatives.substr(0, end);
    if (one == word || (abbreviates && word.size() >= shortest && one.starts_with(word))) return true;
    alternatives.remove_prefix(std::min(end + 1, alternatives.size()));
  }
  return false;
}

// Steps over the subcommand; false: it is another one.
bool pass_verbs(const Relay& row, const std::vector<Value>& words, std::size_t& at) {
  std::string_view verbs = row.verbs;
  while (!verbs.empty()) {
    const std::size_t end = std::min(verbs.find('/'), verbs.size());
    const std::string_view step = verbs.substr(0, end);
    while (at < words.size() && !is_alternative(step, words[at].text, row.program == "tmux")) {
      if (!is_known_option(words[at])) return false;
      at += option_words(row.letters, row.names, words[at].text);
    }
    if (at >= words.size()) return false;
    ++at;
    verbs.remove_prefix(std::min(end + 1, verbs.size()));
  }
  return true;
}

// The value of a listed option, and how many words both take; -qc takes the next word for its last letter.
std::optional<std::pair<Value, std::size_t>> value_of(std::string_view listed, const std::vector<Value>& words,
                                                      std::size_t at) {
  const Value& word = words[at];
  std::optional<std::pair<Value, std::size_t>> found;
  letters::each_word(listed, [&](std::string_view option) {
    if (found) return;
    const bool is_long = option.starts_with("--");
    const std::string& text = word.text;
    const bool clusters =
        !is_long && text.size() > 2 && text[0] == '-' && text[1] != '-' && text.back() == option.back();
    if ((text == option || clusters) && at + 1 < words.size()) {
      found.emplace(words[at + 1], 2);
    } else if (text.size() > option.size() && text.starts_with(option) && (!is_long || text[option.size()] == '=')) {
      found.emplace(word, 1);
      found->first.text.erase(0, option.size() + (is_long ? 1 : 0));
    }
  });
  return found;
}

std::optional<Handed> split(const Relay& row, const std::vector<Value>& words) {
  Handed handed;
  std::size_t at = 1;
  if (!pass_verbs(row, words, at)) return std::nullopt;
  bool is_rest = false;
  std::size_t operands = row.operands;
  while (at < words.size() && !is_rest) {
    const std::string& text = words[at].text;
    if (!is_option(words[at])) {
      if (operands == 0) break;
      --operands;
      handed.operands.push_back(words[at++]);
      continue;
    }
    if (const auto line = value_of(row.lines, words, at)) {
      handed.lines.push_back(script_text(line->first));
      at += line->second;
      continue;
    }
    if (auto folder = value_of(row.folder, words, at)) handed.folder = std::move(folder->first);
    is_rest = text == "--" || letters::lists(row.rest, text);
    handed.literal = handed.literal || text == "-l";
    handed.hexadecimal = handed.hexadecimal || text == "-H";
    at += is_rest ? 1 : option_words(row.letters, row.names, text);
  }
  const bool hands = row.hands != Hands::nothing || is_rest;
  if (hands && at < words.size()) handed.words.assign(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  return handed;
}

// What a key's name types; nothing: it is text.
std::optional<std::string_view> key(std::string_view word) {
  if (letters::is_one_of(word, {"Enter", "KPEnter", "Return", "C-m", "C-j", "C-M", "C-J", "^M"})) return "\n";
  if (word == "Space") return " ";
  const bool silent =
      letters::is_one_of(word, {"Tab", "BSpace", "Escape", "Up", "Down", "Left", "Right", "Home", "End"});
  const bool held = word.size() == 3 && word[1] == '-' && (word[0] == 'C' || word[0] == 'M' || word[0] == 'S');
  return silent || held ? std::optional<std::string_view>("") : std::nullopt;
}

// \n, \r, \015 and ^M are how screen and others write the key that ends a line.
std::string with_returns(std::string text) {
  for (const std::string_view mark : {"\\n", "\\r", "\\015", "\\012", "^M", "^J", "\r"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), "\n");
  return text;
}

std::string typed_text(const Relay& row, const Handed& handed) {
  if (row.hands == Hands::bytes || handed.hexadecimal) return "eval \"${_}\"";  // numbers of bytes are not read
  std::string text;
  for (const Value& word : handed.words) {
    const auto named = word.known && !handed.literal ? key(word.text) : std::nullopt;
    text += named ? std::string(*named) : with_returns(script_text(word));
  }
  return text;
}

// The commands of a crontab: each line without its five fields, or without @daily and the like.
std::string scheduled(const std::string& text) {
  std::string lines;
  for (std::string_view line : letters::lines(text)) {
    line = letters::trim_left(line);
    if (line.empty() || line[0] == '#') continue;
    for (int field = line[0] == '@' ? 1 : 5; field > 0; --field)
      line = letters::trim_left(line.substr(std::min(line.find_first_of(" \t"), line.size())));
    lines += std::string(line) + "\n";
  }
  return lines;
}

// The commands of a makefile: lines behind a tab, and what stands behind the ";" of a rule.
std::string recipes(const std::string& text) {
  std::string lines;
  for (const std::string_view whole : letters::lines(text)) {
    std::string line(whole);
    const std::size_t colon = line.find(':'), sign = line.find(';', colon);
    if (line[0] != '\t' && (colon == std::string::npos || sign == std::string::npos)) continue;
    line.erase(0, line[0] == '\t' ? 1 : sign + 1);
    line.erase(0, std::min(line.find_first_not_of(" @-+"), line.size()));
    for (std::size_t twice = line.find("$$"); twice != std::string::npos; twice = line.find("$$", twice + 1))
      line.erase(twice, 1);
    lines += line + "\n";
  }
  return lines;
}

// What tar's --checkpoint-action runs stands behind "exec=".
std::string without_exec(std::string line) { return line.starts_with("exec=") ? line.substr(5) : std::move(line); }

// Whether a host's name means this machine. Nothing: it is not known.
std::optional<bool> is_this_machine(const std::vector<Value>& operands) {
  if (operands.empty() || !operands.front().known) return std::nullopt;
  const std::string& text = operands.front().text;
  std::string host = text.substr(text.rfind('@') + 1);
  if (host.starts_with("ssh://")) host.erase(0, 6);
  host = host.substr(0, host.starts_with("[") ? host.find(']') + 1 : host.find(':'));
  return letters::is_one_of(host, {"localhost", "localhost.localdomain", "::1", "[::1]", "0", "0.0.0.0",
                                   "ip6-localhost", "host.docker.internal"}) ||
         host.starts_with("127.") || text == "::1";
}

// What expect's script starts and what it types: `spawn PROGRAM ...`, `send "text\r"`.
std::vector<std::pair<std::string, bool>> dialogue(const std::string& script) {
  std::vector<std::pair<std::string, bool>> all;  // the text, and whether it is typed
  for (std::size_t at = 0; at < script.size();) {
    const std::size_t end = std::min(script.find_first_of("\n;{}", at), script.size());
    const std::string_view piece = letters::trim(std::string_view(script).substr(at, end - at));
    at = end + 1;
    const std::size_t word = std::min(piece.find_first_of(" \t"), piece.size());
    std::string rest(piece.substr(std::min(word + 1, piece.size())));
    if (letters::lists("spawn exec system", piece.substr(0, word))) all.emplace_back(rest, false);
    if (!letters::lists("send exp_send", piece.substr(0, word))) continue;
    if (rest.starts_with("-- ")) rest.erase(0, 3);
    std::erase(rest, '"');
    all.emplace_back(with_returns(std::move(rest)), true);
  }
  return all;
}

}  // namespace

std::size_t option_words(std::string_view short_ones, std::string_view names, const std::string& option) {
  if (letters::lists(names, option)) return 2;
  for (std::size_t i = 1; option[1] != '-' && i < option.size(); ++i)
    if (short_ones.find(option[i]) != std::string_view::npos) return i + 1 == option.size() ? 2 : 1;
  return 1;
}

// Follows what runs in another terminal or session, or is typed there. Text that is typed need not be a command.
void Runner::elsewhere(const std::string& line, const std::string& directory, Session session, bool typed) {
  State there;
  there.directory = directory;
  const Session outer = std::exchange(session_, std::max(session_, session));
  const bool outer_typed = std::exchange(typed_, typed);
  const Trace before = trace_;
  static_cast<void>(bearing({}, [&] { return text(line, std::move(there), {}, true); }));
  if (typed) trace_ = before;
  session_ = outer;
  typed_ = outer_typed;
}

Outcome Runner::hand_on(Execution execution, State state, const std::vector<std::string>& lines,
                        std::vector<Value> words) {
  State inside = state;
  for (const Setting& setting : execution.settings) inside.set(setting.name, setting.value, setting.value.has_value());
  for (const std::string& line : lines) static_cast<void>(text(line, inside, execution.streams, true));
  state.started_programs = true;
  if (words.empty()) return either(std::move(state));
  execution.words = std::move(words);
  return execute(std::move(execution), std::move(state));
}

bool Runner::relay(std::string_view name, Execution& execution, State& state, Outcome& outcome) {
  const OtherName* const other = letters::find_first(relay_rows::other_names, &OtherName::name, name);
  const std::string_view known = other == nullptr ? name : other->program;
  if (known == "tmux") {  // several commands in one call, separated by ";"
    const auto end =
        std::ranges::find_if(execution.words, [](const Value& word) { return word.known && word.text == ";"; });
    if (end != execution.words.end() && execution.words.end() - end > 1) {
      Execution rest = execution;
      rest.words.assign(end, execution.words.end());
      rest.words.front() = execution.words.front();
      execution.words.erase(end, execution.words.end());
      if (!relay(name, execution, state, outcome)) report(execution, state);
      if (!relay(name, rest, state, outcome)) report(rest, state);
      outcome = either(std::move(state));
      return true;
    }
  }
  for (const Relay& row : relay_rows::relays) {
    if (row.program != known || (row.reach != Reach::here && !surroundings_.follows_elsewhere())) continue;
    auto handed = split(row, execution.words);
    if (!handed) continue;
    std::vector<std::string> lines = std::move(handed->lines);
    for (std::string& line : lines) line = row.feed == Feed::recipes ? recipes(line) : without_exec(std::move(line));
    const Input* input = execution.streams.input;
    if (const auto makefile = row.feed == Feed::recipes ? known_file({"Makefile"}, state) : std::nullopt)
      lines.push_back(recipes(*makefile));
    const bool feeds = row.feed != Feed::nothing && handed->words.empty() && lines.empty() && input != nullptr &&
                       input->text.has_value();
    if (handed->words.empty() && lines.empty() && !feeds) return false;
    if (row.reach != Reach::here) static_cast<void>(unfollowed(execution, state));
    if (row.reach == Reach::here || row.reach == Reach::within) {
      if (feeds) lines.push_back(row.feed == Feed::recipes ? recipes(*input->text) : *input->text);
      if (row.hands == Hands::each || row.hands == Hands::assigned)
        for (const Value& word : std::exchange(handed->words, {})) {
          const std::string line = script_text(word);
          lines.push_back(row.hands == Hands::assigned ? line.substr(line.find('=') + 1) : line);
        }
      outcome = hand_on(std::move(execution), std::move(state), lines, std::move(handed->words));
      return true;
    }
    std::string directory = row.reach == Reach::beside ? state.directory : std::string();
    if (handed->folder) directory = handed->folder->known ? reached(state.directory, handed->folder->text) : "";
    const auto own = row.reach == Reach::host ? is_this_machine(handed->operands) : std::optional(true);
    const Session session = own.value_or(false) ? Session::other : Session::other_host;
    if (row.feed == Feed::dialogue)
      for (const auto& [line, typed] : dialogue(feeds ? *input->text : letters::joined(std::exchange(lines, {}), "\n")))
        elsewhere(line, typed ? std::string() : directory, session, typed);
    for (const std::string& line : lines) elsewhere(line, directory, session, false);
    const bool types = row.hands == Hands::typed || row.hands == Hands::bytes;
    if (feeds && row.feed == Feed::schedule) elsewhere(scheduled(*input->text), directory, session, false);
    if (feeds && row.feed == Feed::script) elsewhere(*input->text, directory, session, false);
    if (feeds && row.feed == Feed::typed) elsewhere(*input->text, "", session, true);
    if (types) elsewhere(typed_text(row, *handed), "", session, true);
    if (!types && !handed->words.empty()) start_elsewhere(row, std::move(handed->words), directory, session);
    outcome = ran(std::move(state));
    return true;
  }
  return false;
}

void Runner::start_elsewhere(const Relay& row, std::vector<Value> words, const std::string& directory,
                             Session session) {
  const bool is_one = words.size() == 1;
  if (row.hands == Hands::address) {
    for (const Value& word : words)
      for (const std::string_view mark : {"EXEC:", "SYSTEM:"}) {
        const std::string line = script_text(word);
        const std::size_t at = line.find(mark);
        if (at != std::string::npos) elsewhere(line.substr(at + mark.size()), directory, session, false);
      }
    return;
  }
  if (row.hands == Hands::first) words.resize(1);
  if (row.hands == Hands::again) words.insert(words.begin(), Value{std::string(row.program)});
  if (row.hands == Hands::line || row.hands == Hands::first || (row.hands != Hands::words && is_one))
    return elsewhere(letters::joined(words, " ", script_text), directory, session, false);
  State there;
  there.directory = directory;
  Execution started;
  started.words = std::move(words);
  const Session outer = std::exchange(session_, std::max(session_, session));
  static_cast<void>(bearing({}, [&] { return execute(std::move(started), std::move(there)); }));
  session_ = outer;
}

}  // namespace cascade::shell
