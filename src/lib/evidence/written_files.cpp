// A row says which words of a program are files that it writes. Reading only the words is crude, since a program may do
// anything, and enough for what people write in a line.
#include "evidence/written_files.h"

#include <algorithm>

#include "git/words.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::evidence {
namespace {

using repository::Option, shell::Value;

const WritingProgram* row_of(std::string_view program) {
  return letters::find_row(writing_programs(), &WritingProgram::program, program);
}

Value plain(std::string text) {
  Value value;
  value.text = std::move(text);
  return value;
}

// The letters of tar's first word, without or with a dash: xf, -czf.
std::string tar_letters(const shell::Call& call) {
  std::string first = call.words.size() < 2 ? std::string() : call.words[1].text;
  if (first.starts_with("-")) first.erase(0, 1);
  return first.find_first_of("./-=") == std::string::npos ? first : std::string();
}

// tar writes below -C where it unpacks, and the archive where it packs.
void each_of_tar(const shell::Call& call, const repository::Words& words,
                 const std::function<void(const Value&)>& see) {
  const std::string bundle = tar_letters(call);
  if (words.has("-x --extract --get") || bundle.find('x') != std::string::npos) {
    const Value* into = words.value("-C --directory");
    return see(into == nullptr ? plain(".") : *into);
  }
  if (!words.has("-c -r -u -A --create --append --update --catenate --delete") &&
      bundle.find_first_of("cruA") == std::string::npos)
    return;
  const bool is_bare = !call.words[1].text.starts_with("-") && bundle.find('f') != std::string::npos;
  if (is_bare && words.operands.size() > 1) return see(words.operands[1]);
  if (const Value* archive = words.value("-f --file")) see(*archive);
}

// Only the value of an option is written, or the folder that the program runs in.
void each_output(const shell::Call& call, const WritingProgram& row, const repository::Words& words,
                 const std::function<void(const Value&)>& see) {
  if (letters::lists("tar bsdtar", call.program)) return each_of_tar(call, words, see);
  if (row.in_place != "*" && words.has(row.unless)) return;
  bool any = false;
  for (const Option& option : words.options)
    if (letters::lists(row.outputs, option.name) && option.value) {
      any = true;
      see(*option.value);
    }
  if (call.program == "7z" || call.program == "7za") {  // 7z x -oFOLDER
    const bool unpacks = words.operand(0) == "x" || words.operand(0) == "e";
    const auto into = std::ranges::find_if(call.words, [](const Value& word) { return word.text.starts_with("-o"); });
    if (unpacks) see(plain(into == call.words.end() ? "." : into->text.substr(2)));
  } else if (call.program == "patch") {
    const bool names_file = !words.operands.empty() && !any;
    if (names_file) see(words.operands.front());
    if (!names_file && !any) see(plain("."));
  } else if (!any && !row.in_place.empty()) {
    if (row.in_place == "*" ? !words.has(row.unless) : words.has(row.in_place)) see(plain("."));
  }
}

// Where copies land: in the folder of -t, in the last operand, or below that if it is a folder.
void each_copy(const shell::Call& call, const WritingProgram& row, const repository::Words& words,
               const std::function<void(const Value&)>& see) {
  if (row.program == "install" && words.has("-d --directory")) {
    for (const Value& operand : words.operands) see(operand);
    return;
  }
  if (const Value* into = words.value("-t --target-directory")) return see(*into);
  const bool is_remote = call.program == "rsync" || call.program == "scp";
  if (words.operands.size() < 2) return;
  const Value& into = words.operands.back();
  const std::size_t colon = into.text.find(':');
  if (is_remote && colon != std::string::npos && into.text.find('/') > colon) return;
  see(into);
}

// `sed 's/a/b/w FILE'`, `w FILE` of an editor; print > "FILE" of awk. What only looks like it, such as a comparison,
// names as a rule nothing outside.
void each_named_inside(std::string_view kind, std::string_view script, const std::function<void(const Value&)>& see) {
  constexpr std::string_view blanks = " \t";
  for (std::size_t at = script.find(kind); at != std::string_view::npos; at = script.find(kind, at + 1)) {
    if (kind == ">") {
      const std::size_t open = script.find_first_not_of("> \t", at);
      if (open == std::string_view::npos || script[open] != '"') continue;
      see(plain(std::string(script.substr(open + 1, script.find('"', open + 1) - open - 1))));
      at = open;
    } else {
      const bool is_word = at > 0 && letters::is_letter(script[at - 1]) &&
                           std::string_view("gpIMem").find(script[at - 1]) == std::string_view::npos;
      std::size_t from = at + 1;
      if (from < script.size() && script[from] == 'q') ++from;
      const std::size_t name = script.find_first_not_of(blanks, from);
      if (is_word || name == std::string_view::npos || name == from || script[name] == '\n') continue;
      see(plain(std::string(script.substr(name, script.find('\n', name) - name))));
    }
  }
}

void each_file_of_script(const shell::Call& call, const WritingProgram& row, const repository::Words& words,
                         const std::function<void(const Value&)>& see) {
  if (row.inside.empty()) return;
  bool any = false;
  for (const Option& option : words.options)
    if (letters::lists(row.scripts, option.name) && option.value) {
      any = true;
      each_named_inside(row.inside, option.value->text, see);
    }
  if (!any && row.skipped > 0 && !words.operands.empty())
    each_named_inside(row.inside, words.operands.front().text, see);
  if (row.skipped == 0 && call.input) each_named_inside(row.inside, *call.input, see);  // an editor's commands
}

// Whether a program of the kind `in_place` is called with the option to write in place.
bool edits_in_place(const shell::Call& call) {
  const WritingProgram* row = row_of(call.program);
  if (row == nullptr || row->writes != Writes::in_place) return false;
  if (row->in_place.empty()) return true;
  bool found = false;
  letters::each_word(row->in_place, [&](std::string_view option) {
    for (const Value& word : call.words) {
      const bool is_letter = option.size() == 2 && option[0] == '-';
      const bool clusters = is_letter && shell::is_known_option(word) && word.text[1] != '-' &&
                            word.text.find(option[1]) != std::string::npos;
      found = found || clusters || (!is_letter && word.text.starts_with(option));
    }
  });
  return found;
}

// Whether every statement for sqlite3 behind its file reads.
bool only_asks(const shell::Call& call, const repository::Words& words) {
  constexpr std::string_view reading = "select explain pragma with .schema .tables .dump .databases .mode .headers";
  const bool cannot_write = std::ranges::any_of(
      call.words, [](const Value& word) { return word.text == "-readonly" || word.text == "--readonly"; });
  return cannot_write || (words.operands.size() > 1 &&
                          std::all_of(words.operands.begin() + 1, words.operands.end(), [&](const Value& word) {
                            const std::string first = word.text.substr(0, word.text.find_first_of(" \n("));
                            return word.known && letters::lists(reading, letters::to_lower(first));
                          }));
}

// What find deletes is below the folders that it is given; programs that it starts are reported by themselves.
void each_of_find(const shell::Call& call, const std::function<void(const Value&)>& see) {
  const bool deletes = std::ranges::any_of(call.words, [](const Value& word) { return word.text == "-delete"; });
  for (std::size_t i = 1; deletes && i < call.words.size() && !shell::is_option(call.words[i]); ++i) see(call.words[i]);
  for (std::size_t i = 1; i + 1 < call.words.size(); ++i)
    if (letters::lists("-fprint -fprint0 -fprintf -fls", call.words[i].text)) see(call.words[i + 1]);
}

// Whether an option's name says that its value is written: --output-dir, --pack-destination, --log-file, -o.
bool names_output(std::string_view option) {
  constexpr std::string_view outputs =
      "o out output outfile outdir outputfile outputdir dest destination dump dumpfile save export logfile reportfile";
  constexpr std::string_view results = "log report reports result results target build install cache write store";
  constexpr std::string_view places = "file dir directory folder path to";
  bool is_output = false, is_result = false, is_place = false;
  option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
  while (!option.empty()) {
    const std::size_t end = std::min(option.find_first_of("-_"), option.size());
    const std::string part = letters::to_lower(option.substr(0, end));
    is_output = is_output || letters::lists(outputs, part);
    is_result = is_result || letters::lists(results, part);
    is_place = is_place || letters::lists(places, part);
    option.remove_prefix(std::min(end + 1, option.size()));
  }
  return is_output || (is_result && is_place);
}

// What a program writes that no row knows: paths in the values of options that are named for it, or said to be written.
void each_named_output(const shell::Call& call, const std::function<void(const Value&)>& see, const AsksHelp& asks) {
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const Value& word = call.words[i];
    if (!shell::is_option(word) || word.text == "--") continue;
    const bool is_joined = word.text.size() > 3 && word.text[1] != '-' && word.text[2] == '/';  // -o/srv/x
    const std::size_t sign = is_joined ? 2 : std::min(word.text.find('='), word.text.size());
    const std::string option = word.text.substr(0, sign);
    Value value = word;
    value.text.erase(0, is_joined ? sign : sign + 1);
    if (sign == word.text.size() && i + 1 < call.words.size()) value = call.words[i + 1];
    const bool is_path = value.text.find('/') != std::string::npos && value.text.find(':') == std::string::npos;
    if (!is_path || shell::is_option(value)) continue;
    if (names_output(option) || (asks && asks(option, value))) see(value);
  }
}

// Whether an option's description tells that its value is written: "Save ...", "Output file", but not "Output format".
bool describes_output(std::string_view description) {
  constexpr std::string_view verbs =
      "write writes save saves store stores dump dumps export exports extract extracts unpack unpacks put puts place";
  constexpr std::string_view places = "file filename directory dir folder path to into";
  const std::string lower = letters::to_lower(description);
  std::vector<std::string> words;
  for (std::size_t at = 0; at < lower.size() && words.size() < 2;) {
    const std::size_t end = std::min(lower.find_first_of(" .,;", at), lower.size());
    if (end > at) words.push_back(lower.substr(at, end - at));
    at = end + 1;
  }
  if (words.empty()) return false;
  return letters::lists(verbs, words[0]) ||
         (words.size() > 1 && words[0] == "output" && letters::lists(places, words[1]));
}

}  // namespace

Writes written_by_words(std::string_view program) noexcept {
  const WritingProgram* row = row_of(program);
  return row == nullptr ? Writes::no : row->writes;
}

std::string written_options(std::string_view help) {
  std::string written, names;
  for (const std::string_view whole : letters::lines(help)) {
    std::string_view line = letters::trim(whole);
    bool is_named = false;
    if (line.starts_with("-")) {
      const std::size_t gap = std::min({line.find("  "), line.find('\t'), line.size()});
      names.clear();
      letters::each_word(line.substr(0, gap), [&](std::string_view word) {
        word = word.substr(0, word.find_first_of("=[<,|"));
        if (word.size() < 2 || word[0] != '-') return;
        names += (names.empty() ? "" : " ") + std::string(word);
        is_named = is_named || names_output(word);
      });
      line = letters::trim(line.substr(gap));
    }
    if (names.empty() || (line.empty() && !is_named)) continue;  // the description may stand in the next line
    if (is_named || describes_output(line)) written += (written.empty() ? "" : " ") + names;
    names.clear();
  }
  return written;
}

void each_written_file(const shell::Call& call, const std::function<void(const Value& path)>& see,
                       const AsksHelp& asks) {
  for (const Value& file : call.written) see(file);
  if (call.words.empty()) return;
  const auto split_by = [&](const WritingProgram* row) {
    return repository::split(call.words, 1, row == nullptr ? "" : row->letters, row == nullptr ? "" : row->names);
  };
  // A subcommand has a row of its own: npm install, python -m venv.
  const WritingProgram* row = row_of(call.program);
  repository::Words words = split_by(row);
  const bool is_module = call.program.starts_with("python") && words.has("-m");
  const std::string subcommand = (is_module ? "python -m" : call.program) + " " + words.operand(0);
  if (const WritingProgram* own = row_of(subcommand); own != nullptr && !words.operands.empty()) {
    row = own;
    words = split_by(row);
    words.operands.erase(words.operands.begin());
  }
  if (letters::lists("find fd fdfind", call.program)) each_of_find(call, see);
  if (row == nullptr) return call.program == "git" ? void() : each_named_output(call, see, asks);
  if (words.has("--help --version")) return;
  if (row->program == "dd") {
    for (const Value& operand : words.operands)
      if (operand.text.starts_with("of=")) {
        Value file = operand;
        file.text.erase(0, 3);
        see(file);
      }
    return;
  }
  if (row->program == "sqlite3" && only_asks(call, words)) return;
  each_file_of_script(call, *row, words, see);
  switch (row->writes) {
    case Writes::no: return;
    case Writes::first:
      if (!words.operands.empty()) see(words.operands.front());
      return;
    case Writes::output: return each_output(call, *row, words, see);
    case Writes::last: return each_copy(call, *row, words, see);
    case Writes::in_place:
      if (!edits_in_place(call)) return;
      break;
    default: break;
  }
  if (words.has(row->unless)) return;
  if (const Value* into = words.value("--target-directory")) see(*into);
  std::size_t skipped = words.has(row->scripts) ? 0 : row->skipped;
  for (const Value& operand : words.operands) {
    if (skipped > 0)
      --skipped;
    else if (!operand.text.starts_with("+"))  // a command for an editor
      see(operand);
  }
}

}  // namespace cascade::evidence
