// A row says which words of a program are files that it writes. Reading only the words is crude, since a program may do
// anything, and enough for what people write in a line.
#include "guard/written_files.h"

#include <algorithm>

#include "git/words.h"
#include "text/ascii.h"
#include "text/rows.h"
#include "text/word_list.h"

namespace cascade::repository {
namespace {

const WritingProgram* row_of(std::string_view program) {
  return letters::find_row(writing_programs(), &WritingProgram::program, program);
}

Value plain(std::string text) {
  Value value;
  value.text = std::move(text);
  return value;
}

// "x" of tar, in any of its spellings: tar xf, tar -xf, tar --extract.
bool extracts(const shell::Call& call, const Words& words) {
  if (words.has("-x --extract --get")) return true;
  if (call.words.size() < 2) return false;
  const std::string& first = call.words[1].text;
  return !first.empty() && first[0] != '-' && first.find('x') != std::string::npos &&
         first.find_first_of("./") == std::string::npos;
}

// Only the value of an option is written, or the folder that the program runs in.
void each_output(const shell::Call& call, const WritingProgram& row, const Words& words,
                 const std::function<void(const Value&)>& see) {
  if (row.in_place != "*" && words.has(row.unless)) return;
  bool any = false;
  for (const Option& option : words.options)
    if (letters::lists(row.outputs, option.name) && option.value) {
      any = true;
      see(*option.value);
    }
  if (call.program == "7z" || call.program == "7za") {  // 7z x -oFOLDER
    const bool unpacks = words.operand(0) == "x" || words.operand(0) == "e";
    const auto into = std::find_if(call.words.begin(), call.words.end(),
                                   [](const Value& word) { return word.text.starts_with("-o"); });
    if (unpacks) see(plain(into == call.words.end() ? "." : into->text.substr(2)));
  } else if (call.program == "tar" || call.program == "bsdtar") {
    if (!extracts(call, words)) return;
    if (!any) see(plain("."));
  } else if (call.program == "patch") {
    const bool names_file = !words.operands.empty() && !any;
    if (names_file) see(words.operands.front());
    if (!names_file && !any) see(plain("."));
  } else if (!any && !row.in_place.empty()) {
    if (row.in_place == "*" ? !words.has(row.unless) : words.has(row.in_place)) see(plain("."));
  }
}

// Where copies land: in the folder of -t, in the last operand, or below that if it is a folder.
void each_copy(const shell::Call& call, const WritingProgram& row, const Words& words,
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

void each_file_of_script(const shell::Call& call, const WritingProgram& row, const Words& words,
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

}  // namespace

Writes written_by_words(std::string_view program) noexcept {
  const WritingProgram* row = row_of(program);
  return row == nullptr ? Writes::no : row->writes;
}

std::string_view outputs_of(std::string_view program) noexcept {
  const WritingProgram* row = row_of(program);
  return row == nullptr ? std::string_view() : row->outputs;
}

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

void each_written_file(const shell::Call& call, const std::function<void(const Value& path)>& see) {
  for (const Value& file : call.written) see(file);
  const WritingProgram* row = call.words.empty() ? nullptr : row_of(call.program);
  if (letters::lists("find fd fdfind", call.program)) {
    // What find deletes is below the folders that it is given; programs that it starts are reported by themselves.
    const bool deletes =
        std::any_of(call.words.begin(), call.words.end(), [](const Value& word) { return word.text == "-delete"; });
    for (std::size_t i = 1; deletes && i < call.words.size() && !shell::is_option(call.words[i]); ++i)
      see(call.words[i]);
  }
  if (row == nullptr) return;
  const Words words = split(call.words, 1, row->letters, row->names);
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
  each_file_of_script(call, *row, words, see);
  switch (row->writes) {
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

}  // namespace cascade::repository
