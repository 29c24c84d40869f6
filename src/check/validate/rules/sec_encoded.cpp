// Finds payloads that a reader cannot read: a command that decodes something and hands it to an interpreter, and long
// strings of base64 or hex that decode to a script. Strings that decode to anything else (hashes, images, keys) are
// left alone, and so is a text that quotes a string as an attack.
#include "text/ascii.h"
#include "text/hex.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"
#include "validate/rules/programs.h"

namespace cascade::validation {
namespace {

constexpr std::size_t least_encoded = 40, most_decoded = 8192;  // characters; shorter runs are words and hashes

bool has_option(const ShellCommand& command, std::initializer_list<std::string_view> options) {
  for (const ShellWord& word : command.words)
    for (const std::string_view option : options)
      if (word.text == option) return true;
  return false;
}

bool is_decoder(const ShellCommand& command) {
  const std::string_view program = command.program();
  if (program == "base64") return has_option(command, {"-d", "-D", "--decode", "-di"});
  if (program == "xxd") return has_option(command, {"-r", "-rp", "-p", "-ps"});
  return program == "openssl" && has_option(command, {"-d"}) && has_option(command, {"base64", "enc", "-base64"});
}

bool runs_decoded(std::string_view text) {
  if (has_phrase(text, {"-encodedcommand", "exec(base64.b64decode", "eval(atob", "exec(b64decode", "iex([system.text"}))
    return true;
  const std::vector<ShellCommand> commands = parse_shell(text);
  for (const ShellCommand& command : commands)
    if (is_decoder(command) && reaches_interpreter(commands, command)) return true;
  return false;
}

int base64_value(char c) {
  if (letters::is_upper(c)) return c - 'A';
  if (letters::is_lower(c)) return c - 'a' + 26;
  if (letters::is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) break;
    held = held << 6 | static_cast<unsigned>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(held >> bits & 0xFF);
    }
  }
  return out;
}

bool is_printable(std::string_view text) {
  for (const char c : text)
    if ((c < 0x20 || c > 0x7E) && c != '\n' && c != '\t' && c != '\r') return false;
  return true;
}

bool is_script(std::string_view text) {
  return is_printable(text) &&
         (has_phrase(text,
                     {"curl", "wget", "rm -rf", "bash", "sh -c", "eval", "exec", "import os", "subprocess", "os.system",
                      "powershell", "nc -e", "chmod", "sudo", "child_process", "invoke-expression"}) ||
          text.find("#!/") != std::string_view::npos || text.find("/bin/") != std::string_view::npos ||
          text.find("/dev/tcp/") != std::string_view::npos);
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

// A run of base64 or hex characters around a word of 20 letters.
// Both ways from the trigger, and at most `most_decoded` bytes, so that a file that is one long string is read once.
std::string_view encoded_run(std::string_view text, std::size_t at) {
  std::size_t begin = at, end = at;
  while (begin > 0 && base64_value(text[begin - 1]) >= 0 && at - begin < most_decoded) --begin;
  while (end < text.size() && base64_value(text[end]) >= 0 && end - at < most_decoded) ++end;
  return text.substr(begin, end - begin);
}

}  // namespace

void check_encoded_payloads(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary()) return;
  for_each_command(document, Trigger::decode, [&](const CommandText& command) {
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

}  // namespace cascade::validation
