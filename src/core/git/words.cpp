// split() needs a list of the options that take a value, because git has no other way to tell a value from an operand.
// A value that is only known at run time makes what it decides unknown, never a default.
#include "git/words.h"

#include <algorithm>

#include "files/paths.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::repository {
namespace {

Value rest_of(const Value& word, std::size_t count) {
  Value rest = word;
  rest.text.erase(0, count);
  return rest;
}

// "Remote.Origin.URL" becomes "remote.Origin.url": the middle part is a name.
std::string normal_key(const std::string& key) {
  const std::size_t first = key.find('.'), last = key.rfind('.');
  if (first == std::string::npos) return letters::to_lower(key);
  return letters::to_lower(key.substr(0, first)) + key.substr(first, last - first) +
         letters::to_lower(key.substr(last));
}

// A value that is known only at run time makes the place unknown.
void set_place(GitWords& git, std::string& to, const Value& value) {
  git.place_known = git.place_known && value.known && !value.is_pattern;
  git.place_listed = git.place_listed || value.is_item;
  to = value.text;
}

// "-c name=value"; a missing value is empty.
void add_setting(GitWords& git, const Value& value) {
  const std::size_t sign = value.text.find('=');
  if (sign == std::string::npos && !value.known)
    git.sets_config_unknown = true;
  else
    git.config.emplace_back(normal_key(value.text.substr(0, sign)),
                            rest_of(value, std::min(sign, value.text.size() - 1) + 1));
  git.sets_config_unknown = git.sets_config_unknown || includes_settings(value.text);
}

void apply_option(GitWords& git, const std::string& name, const Value& value) {
  if (name == "-C") {  // relative to the one before
    git.place_listed = git.place_listed || value.is_item;
    git.place_known = git.place_known && value.known && !value.is_pattern &&
                      (!git.place.directory.empty() || files::is_absolute(value.text));
    git.place.directory = files::join(git.place.directory, value.text);
  } else if (name == "--git-dir") {
    set_place(git, git.place.git_dir, value);
  } else if (name == "--work-tree") {
    set_place(git, git.place.work_tree, value);
  } else if (name == "--bare") {
    if (git.place.git_dir.empty()) git.place.git_dir = ".";
  } else if (name == "-c") {
    add_setting(git, value);
  } else if (name == "--config-env") {
    git.sets_config_unknown = true;
  }
}

// Settings that the line gives git in variables: the first GIT_CONFIG_COUNT of GIT_CONFIG_KEY_0 and so on.
void add_settings_of_variables(GitWords& git, const shell::Call& call) {
  constexpr std::size_t most = 64;
  for (const char* name : {"GIT_CONFIG_PARAMETERS", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"})
    if (const auto value = variable(call, name, {}); value && value->text != "/dev/null")
      git.sets_config_unknown = true;
  for (std::size_t i = 0; i < most; ++i) {
    const auto key = variable(call, "GIT_CONFIG_KEY_" + std::to_string(i), {});
    const auto value = variable(call, "GIT_CONFIG_VALUE_" + std::to_string(i), {});
    if (!key || !value) return;
    git.sets_config_unknown = git.sets_config_unknown || !key->known;
    git.config.emplace_back(normal_key(key->text), *value);
  }
}

bool takes_next_word(std::string_view option) {
  return letters::lists("-C -c --git-dir --work-tree --namespace --config-env --super-prefix --attr-source", option);
}

// "--mirr" is "--mirror", "--forc" may be several: the whole name first, else the only one that begins so.
std::string full_name(std::string_view option, std::string_view longs) {
  constexpr std::string_view no = "--no-";
  if (option.starts_with(no)) {
    const std::string full = full_name("--" + std::string(option.substr(no.size())), longs);
    return std::string(no) + full.substr(2);
  }
  std::string_view found;
  for (std::size_t at = 0; at < longs.size() && option.size() > 2;) {
    const std::size_t end = std::min(longs.find(' ', at), longs.size());
    const std::string_view known = longs.substr(at, end - at);
    if (known == option) return std::string(option);
    if (known.starts_with(option)) {
      if (!found.empty()) return std::string(option);
      found = known;
    }
    at = end + 1;
  }
  return std::string(found.empty() ? option : found);
}

// "--no-dry-run" behind or before "--dry-run" or "-n": which one counts is git's to say.
bool is_taken_back(const Words& words, std::string_view names) {
  constexpr std::string_view no = "--no-";
  return std::ranges::any_of(words.options, [&](const Option& option) {
    return option.name.starts_with(no) && !letters::lists(names, option.name) &&
           letters::lists(names, "--" + option.name.substr(no.size()));
  });
}

// Words that are not known may be operands, so without an option that says so they count as writing.
bool reads(const GitVerb& row, const Words& words) {
  if (words.has("--help") || (words.has("-h") && words.options.size() == 1)) return true;
  const std::string first = words.operand(0);
  if (words.has(row.writing_options)) return false;
  if (words.has(row.reading_options) && !is_taken_back(words, row.reading_options)) return true;
  if (letters::lists(row.reading_words, first)) return true;
  if (letters::lists(row.writing_words, first)) return false;
  return row.deed == Deed::reads || (words.operands.size() < row.fewer && !words.uncertain);
}

std::string line_as_typed(const std::vector<Value>& words) {
  return letters::joined(words, " ", [](const Value& word) {
    if (word.known) return shell_word(word.text);
    return "\"" + (word.as_typed.empty() ? std::string("${_}") : word.as_typed) + "\"";
  });
}

}  // namespace

bool includes_settings(std::string_view key) {
  return letters::starts_with_lower(key, "include.") || letters::starts_with_lower(key, "includeif.");
}

bool Words::has(std::string_view names) const {
  return std::ranges::any_of(options, [&](const Option& option) { return letters::lists(names, option.name); });
}

const Value* Words::value(std::string_view names) const {
  for (auto option = options.rbegin(); option != options.rend(); ++option)
    if (letters::lists(names, option->name) && option->value) return &*option->value;
  return nullptr;
}

std::string Words::operand(std::size_t index) const {
  return index < operands.size() && operands[index].known ? operands[index].text : std::string();
}

// As getopt does: -am, -mtext, -m text, and options after operands. Nothing after "--" is an option.
Words split(const std::vector<Value>& words, std::size_t first, std::string_view letters, std::string_view names,
            std::string_view longs) {
  Words found;
  for (std::size_t i = first; i < words.size(); ++i) {
    const Value& word = words[i];
    found.uncertain = found.uncertain || word.is_list;
    const std::string& text = word.text;
    if (found.has_dashes || text.size() < 2 || text[0] != '-') {
      found.operands.push_back(word);
      continue;
    }
    if (text == "--" && word.known) {
      found.has_dashes = true;
      found.before_dashes = found.operands.size();
      continue;
    }
    if (text[1] == '-' || letters::lists(names, text)) {  // -out of openssl
      const std::size_t equals = text.find('=');
      Option option{full_name(std::string_view(text).substr(0, equals), longs), std::nullopt};
      if (equals != std::string::npos)
        option.value = rest_of(word, equals + 1);
      else if (letters::lists(names, option.name) && i + 1 < words.size())
        option.value = words[++i];
      found.options.push_back(std::move(option));
      continue;
    }
    for (std::size_t letter = 1; letter < text.size(); ++letter) {
      Option option{std::string("-") + text[letter], std::nullopt};
      const bool valued = letters.find(text[letter]) != std::string_view::npos;
      if (valued && letter + 1 < text.size())
        option.value = rest_of(word, letter + 1);
      else if (valued && i + 1 < words.size())
        option.value = words[++i];
      found.options.push_back(std::move(option));
      if (valued) break;
    }
  }
  if (!found.has_dashes) found.before_dashes = found.operands.size();
  return found;
}

// The line's own settings come before the environment that it started with; the last one counts.
std::optional<Value> variable(const shell::Call& call, std::string_view name,
                              const std::vector<std::pair<std::string, std::string>>& ambient) {
  for (auto setting = call.environment.rbegin(); setting != call.environment.rend(); ++setting)
    if (setting->name == name) return setting->value;
  if (call.clears_environment) return std::nullopt;
  for (const auto& [key, value] : ambient)
    if (key == name) return Value{value};
  return std::nullopt;
}

GitWords git_words(const shell::Call& call, const std::vector<std::pair<std::string, std::string>>& ambient) {
  GitWords git;
  git.words = call.words;
  git.place.directory = call.directory;
  if (const auto value = variable(call, "GIT_DIR", ambient)) set_place(git, git.place.git_dir, *value);
  if (const auto value = variable(call, "GIT_WORK_TREE", ambient)) set_place(git, git.place.work_tree, *value);
  if (variable(call, "GIT_COMMON_DIR", {})) git.place_known = false;
  add_settings_of_variables(git, call);
  std::size_t i = 1;
  const auto& words = git.words;
  for (; i < words.size(); ++i) {
    const std::string& text = words[i].text;
    if (words[i].is_list) {  // may include any option
      git.place_known = false;
      continue;
    }
    if (text.empty() || text[0] != '-') break;
    const std::size_t equals = text.find('=');
    Value value = equals == std::string::npos ? Value{} : rest_of(words[i], equals + 1);
    const bool separate = takes_next_word(text) && i + 1 < words.size();
    if (separate) value = words[++i];
    apply_option(git, text.substr(0, equals), value);
  }
  git.place_known = git.place_known && !git.place.directory.empty();
  if (i < words.size()) {
    git.verb_known = words[i].known;
    git.verb = words[i].known ? words[i].text : std::string();
    git.first = i + 1;
  } else {
    git.first = i;
    git.verb_known = git.place_known || call.words.size() < 2;
  }
  return git;
}

Words words_of(const GitWords& git) {
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  const GitOptions* options = letters::find_row(git_options(), &GitOptions::verb, git.verb);
  const std::string_view longs = options == nullptr ? std::string_view() : options->longs;
  return row == nullptr ? split(git.words, git.first, {}, {})
                        : split(git.words, git.first, row->letters, row->names, longs);
}

void each_output(const GitWords& git, const Words& words, const std::function<void(const Value& path)>& see) {
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  if (row == nullptr || row->outputs.empty()) return;
  for (const Option& option : words.options)
    if (option.value && letters::lists(row->outputs, option.name)) see(*option.value);
  if (words.operands.size() > 1 && letters::lists(row->outputs, words.operand(0))) see(words.operands[1]);
}

void each_line(const GitWords& git, const Words& words, const std::function<void(const Value& line)>& see) {
  if (const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb))
    for (const Option& option : words.options)
      if (option.value && letters::lists(row->lines, option.name)) see(*option.value);
}

Deed deed(const GitWords& git) {
  if (git.verb.empty()) return git.verb_known ? Deed::reads : Deed::unknown;
  const GitVerb* row = letters::find_row(git_verbs(), &GitVerb::verb, git.verb);
  if (row == nullptr) return Deed::unknown;
  const bool always_reads = row->deed == Deed::reads && row->writing_options.empty() && row->writing_words.empty();
  return always_reads || reads(*row, words_of(git)) ? Deed::reads : Deed::writes;
}

// Quotes a word only where a shell would read it differently.
std::string shell_word(const std::string& text) {
  const bool plain = std::ranges::all_of(text, [](char c) {
    return letters::is_name(c) || std::string_view("./:=@%+,^~").find(c) != std::string_view::npos;
  });
  if (plain && !text.empty() && text.front() != '~') return text;
  return shell::single_quoted(text);
}

std::string shell_line(const std::vector<Value>& words, std::size_t first) {
  std::string line;
  for (std::size_t i = first; i < words.size(); ++i)
    line += (line.empty() ? "" : " ") + (words[i].known ? shell_word(words[i].text) : std::string("\"${_}\""));
  return line;
}

// A word is cut between two characters and quoted afterwards, so that its quotes are closed.
Shown shown(const std::vector<Value>& words, std::size_t first) {
  constexpr std::size_t longest = 300, longest_unknown = 60;
  std::vector<Value> kept;
  std::size_t left = longest;
  for (std::size_t i = first; i < words.size(); ++i) {
    kept.push_back(words[i]);
    std::string& text = kept.back().text;
    std::ranges::replace(text, '\n', ' ');
    if (kept.back().as_typed.size() > longest_unknown) kept.back().as_typed.clear();
    std::ranges::replace(kept.back().as_typed, '\n', ' ');
    if (text.size() <= left) {
      left -= std::min(left, text.size() + 1);
      continue;
    }
    while (left > 0 && (static_cast<unsigned char>(text[left]) & 0xC0) == 0x80) --left;
    text.replace(left, std::string::npos, "...");
    break;
  }
  return Shown(line_as_typed(kept));
}

}  // namespace cascade::repository
