// Finds payloads that a reader cannot read: a command that decodes something and hands it to an interpreter, and long
// strings of base64 or hex that decode to a script. Strings that decode to anything else (hashes, images, keys) are
// left alone, and so is a text that quotes a string as an attack.
#include <algorithm>

#include "files/paths.h"
#include "rights/rights.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

constexpr std::size_t least_encoded = 40, most_decoded = 8192;  // characters; shorter runs are words and hashes

bool is_decoder(const ShellCommand& command) {
  const std::string_view program = command.program();
  if (program == "base64") return command.has({"-d", "-D", "--decode", "-di"});
  if (program == "xxd") return command.has({"-r", "-rp", "-p", "-ps"});
  return program == "openssl" && command.has({"-d"}) && command.has({"base64", "enc", "-base64"});
}

bool runs_decoded(std::string_view text) {
  if (has_phrase(text, {"-encodedcommand", "exec(base64.b64decode", "eval(atob", "exec(b64decode", "iex([system.text"}))
    return true;
  const std::vector<ShellCommand> commands = parse_shell(text);
  return std::ranges::any_of(commands, [&](const ShellCommand& command) {
    return is_decoder(command) && reaches_interpreter(commands, command);
  });
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) { return (c >= 0x20 && c <= 0x7E) || c == '\n' || c == '\t' || c == '\r'; });
}

// Whether a program of the shell stands where a command or its path begins: "curl" in a sentence, "```bash" and
// "packages/x/bin/y" are none.
bool begins_command(std::string_view text) {
  for (std::size_t at = 0, next; at < text.size(); at += next + 1) {
    next = find_phrase(text.substr(at),
                       {"curl", "wget", "rm -rf", "bash", "sh -c", "eval", "exec", "nc -e", "chmod", "sudo", "/bin/"});
    if (next == text.npos) return false;
    const std::size_t before = text.substr(0, at + next).find_last_not_of(" \t\"'");
    if (before == text.npos || std::string_view("\r\n;|&([,=!").find(text[before]) != text.npos) return true;
  }
  return false;
}

bool is_script(std::string_view text) {
  return is_printable(text) && (begins_command(text) || has_part(text, {"#!/", "/dev/tcp/"}) ||
                                has_phrase(text, {"import os", "subprocess", "os.system", "powershell", "child_process",
                                                  "invoke-expression", "eval(", "exec("}));
}

// Whether the text talks about the string: it is quoted, or called an attack.
bool is_shown(const Document& document, std::size_t begin, std::size_t end) {
  if (!is_markdown(document.role()) || begin < document.body().body()) return false;
  return document.body().is_quoted(begin) || document.body().region_at(begin) == Region::indented ||
         stance_of(document.body(), begin, end) == Stance::attack;
}

// A bundler's map from a program to its sources, in a file of its own or at the end of the program: nothing runs it.
bool is_source_map(const Document& document, std::size_t begin) {
  constexpr std::size_t near = 80;
  if (document.path().ends_with(".map")) return true;
  const std::string_view before = document.text().substr(begin - std::min(begin, near), std::min(begin, near));
  return before.ends_with("base64,") && before.find("sourceMappingURL=data:application/json") != before.npos;
}

// A run of base64 or hex characters around a word of 20 letters; at most `most_decoded` bytes to each side, so that a
// file that is one long string is read once.
std::string_view encoded_run(std::string_view text, std::size_t at) {
  std::size_t begin = at, end = at;
  while (begin > 0 && is_base64(text[begin - 1]) && at - begin < most_decoded) --begin;
  while (end < text.size() && is_base64(text[end]) && end - at < most_decoded) ++end;
  return text.substr(begin, end - begin);
}

// SEC015: files of a skill that nobody can review. They are known by their first bytes, not by their names, which
// anybody can choose; that the skill runs one makes it an error.

struct Magic {
  std::string_view bytes, what;
};

using namespace std::string_view_literals;
constexpr Magic magics[] = {
    {"\177ELF"sv, "a compiled program"},
    {"MZ\x90\0"sv, "a compiled program"},
    {"\xFE\xED\xFA\xCE"sv, "a compiled program"},
    {"\xFE\xED\xFA\xCF"sv, "a compiled program"},
    {"\xCF\xFA\xED\xFE"sv, "a compiled program"},
    {"\xCE\xFA\xED\xFE"sv, "a compiled program"},
    {"\xCA\xFE\xBA\xBE"sv, "compiled code"},
    {"\0asm"sv, "compiled code"},
    {"PK\x03\x04"sv, "an archive"},
    {"7z\xBC\xAF\x27\x1C"sv, "an archive"},
    {"Rar!\x1A\x07"sv, "an archive"},
    {"\x1F\x8B\x08"sv, "an archive"},
    {"\3757zXZ\0"sv, "an archive"},
    {"BZh9"sv, "an archive"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an office file that may hold macros"},
};

// Python's compiled files: two bytes of version, CR, LF.
bool is_python_bytecode(std::string_view text) {
  return text.size() >= 16 && text[2] == '\r' && text[3] == '\n' && static_cast<unsigned char>(text[1]) <= 0x0F;
}

// Documents and slides are archives too; only their macros are opaque.
bool is_plain_office_file(std::string_view text) {
  return has_part(text, {"[Content_Types].xml"}) && !has_part(text, {"vbaProject.bin"});
}

std::string_view opaque(std::string_view text) {
  for (const Magic& magic : magics)
    if (text.starts_with(magic.bytes)) return is_plain_office_file(text) ? std::string_view() : magic.what;
  return is_python_bytecode(text) ? "compiled code"sv : std::string_view();
}

// Whether the skill's own text calls the file by its name.
bool is_run_by(const Context& context, std::string_view skill, std::string_view path) {
  const auto text = context.tree.read(files::join(skill, "SKILL.md"));
  if (!text) return false;
  const std::string_view name = files::file_name(path);
  for (std::size_t at = text->find(name); at != std::string::npos; at = text->find(name, at + 1)) {
    const std::size_t begin = text->rfind('\n', at) + 1;  // of none: 0
    if (has_phrase(std::string_view(*text).substr(begin, at - begin),
                   {"run", "runs", "execute", "executes", "call", "load", "python", "python3", "java", "import",
                    "unzip", "chmod"}))
      return true;
  }
  return false;
}

}  // namespace

void check_encoded_payloads(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary()) return;
  for_each_command(document, Trigger::decode, findings, "SEC012", [&](const CommandText& command) {
    if (runs_decoded(command.text))
      findings.add("SEC012", command.place, "what was decoded is run", "write the command in plain text");
  });
  std::size_t done = 0;
  for (const std::size_t at : document.triggers()[Trigger::encoded]) {
    if (at < done) continue;
    const std::string_view run = encoded_run(document.text(), at);
    const auto begin = static_cast<std::size_t>(run.data() - document.text().data());
    done = begin + run.size();
    if (run.size() < least_encoded) continue;
    if (!is_script(decode_base64(run)) &&
        !(letters::is_hex(run) && run.size() % 2 == 0 && is_script(letters::bytes_of_hex(run))))
      continue;
    if (is_shown(document, begin, begin + run.size()) || is_source_map(document, begin)) continue;
    findings.add("SEC012", document.at(begin, run.size()), "the string decodes to a script", "write it in plain text");
  }
}

void check_opaque_files(const Context& context, const Document& document, Findings& findings) {
  if (!document.is_binary() || !document.place().skill) return;
  const std::string_view what = opaque(document.text());
  if (what.empty()) return;
  const bool run = is_run_by(context, *document.place().skill, document.path());
  findings.add("SEC015", run ? std::optional<Severity>(Severity::error) : std::nullopt, document.whole(),
               std::string("this is ") + std::string(what) + (run ? ", and the skill runs it" : ""),
               "ship the source instead");
}

// SEC014: text that is pushed out of sight, down by blank lines or to the right by blanks.
void check_padding(const Context&, const Document& document, Findings& findings) {
  constexpr std::uint32_t most_blank_lines = 200;
  constexpr std::size_t most_blanks = 2000;
  if (document.is_binary()) return;
  const syntax::LineIndex& lines = document.lines();
  std::uint32_t blank_since = 0;
  for (std::uint32_t number = 1; number <= lines.lines(); ++number) {
    const std::string_view line = lines.line(number);
    if (line.find_first_not_of(" \t\r\f\v") == std::string_view::npos && number < lines.lines()) {
      if (blank_since == 0) blank_since = number;
    } else {
      if (blank_since != 0 && number - blank_since > most_blank_lines)
        findings.add("SEC014", document.at_line(blank_since),
                     std::to_string(number - blank_since) + " blank lines in a row", "remove them");
      blank_since = 0;
    }
    if (line.size() <= most_blanks) continue;
    std::size_t run = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      run = letters::is_blank(line[i]) ? run + 1 : 0;
      if (run != most_blanks + 1) continue;
      findings.add("SEC014", document.at(lines.start(number) + i - run + 1, 1),
                   "more than " + std::to_string(most_blanks) + " blanks in a row", "remove them");
      break;
    }
  }
}

// SEC032: modules that a plugin's hooks.json names (rights/rights.h).
void check_modules(const Context& context, const Document& document, Findings& findings) {
  if (document.role() != Role::hooks || !findings.runs("SEC032")) return;
  const syntax::Node* modules = document.data().find("modules");
  if (!is_list(modules)) return;
  for (const syntax::Node& module : modules->items) {
    if (!is_text(&module)) continue;
    const ResolvedPath path = FileTree::resolve(files::parent(document.path()), module.text);
    const auto acts = path.escapes ? std::nullopt : difference::read_module(path.path, [&](const std::string& file) {
      return context.tree.read(file);
    });
    if (!acts) {
      findings.add("SEC032", document.at(module), "the module " + unicode::displayable(module.text) + " cannot be read",
                   "it would run inside of the client: look at it by hand");
      continue;
    }
    findings.add("SEC032", document.at(module),
                 path.path + " runs inside of the client, without being confined: it " + difference::to_string(*acts),
                 "read it before you trust the folder: the client asks for the folder alone");
  }
}

}  // namespace cascade::validation
