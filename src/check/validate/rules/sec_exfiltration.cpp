// Two ways to find that credentials are read and sent away. In a command line: a program that prints credentials, and
// the chain of commands that its output goes through (pipe, substitution) reaches one that sends its input; or one
// that sends the file itself. In prose: a sentence names a place of credentials and a verb of reading, and it or the
// next sentence sends "it" somewhere. Both halves are required, because reading ~/.aws or posting a file alone is
// ordinary work.
#include <algorithm>

#include "text/ascii.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

bool is_environment_file(std::string_view path) {
  const std::size_t slash = path.find_last_of("/@");
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return name == ".env" || (name.substr(0, 5) == ".env." && name != ".env.example" && name != ".env.sample");
}

bool names_place(std::string_view word) {
  if (is_environment_file(word)) return true;
  for (const std::string_view place : lists::secret_places)
    if (word.find(place) != std::string_view::npos) return word.size() < 4 || word.substr(word.size() - 4) != ".pub";
  return false;
}

// Whether the command prints credentials.
bool reads_credentials(const ShellCommand& command) {
  const std::string_view program = command.program();
  const std::size_t first = command.first_argument();
  if (program == "printenv") return true;
  if (program.empty() && !command.words.empty() && command.words.back().text == "env") return true;
  if (program == "security")
    return first < command.words.size() && command.words[first].text.compare(0, 5, "find-") == 0;
  for (const std::string_view reader :
       {"cat", "tar", "zip", "base64", "gzip", "head", "tail", "less", "xxd", "dd", "grep"})
    if (program == reader)
      for (std::size_t i = first; i < command.words.size(); ++i)
        if (names_place(command.words[i].text)) return true;
  return false;
}

bool is_data_option(std::string_view word) {
  for (const std::string_view option : {"-d", "--data", "--data-binary", "--data-raw", "--data-urlencode", "-F",
                                        "--form", "-T", "--upload-file", "--post-file", "--body-file", "--post-data"})
    if (word == option || (word.substr(0, option.size()) == option && word.size() > option.size() &&
                           (option.size() == 2 || word[option.size()] == '=')))
      return true;
  return false;
}

bool is_sender(std::string_view program) {
  for (const std::string_view known :
       {"curl", "wget", "nc", "ncat", "netcat", "mail", "mailx", "sendmail", "socat", "http", "https", "telnet"})
    if (program == known) return true;
  return false;
}

// Whether the command itself sends a file of credentials.
bool sends_place(const ShellCommand& command) {
  const std::string_view program = command.program();
  const std::size_t first = command.first_argument();
  if (program == "scp" || program == "rsync") {
    for (std::size_t i = first; i + 1 < command.words.size(); ++i) {
      if (command.words[i].text == "-i") {
        ++i;
        continue;
      }
      if (command.words[i].text[0] != '-' && names_place(command.words[i].text) &&
          command.words.back().text.find(':') != std::string::npos)
        return true;
    }
    return false;
  }
  if (!is_sender(program)) return false;
  for (std::size_t i = first; i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    if (!is_data_option(word)) continue;
    if (names_place(word)) return true;
    if (i + 1 < command.words.size() && names_place(command.words[i + 1].text)) return true;
  }
  return false;
}

bool takes_input(const ShellCommand& command) {
  if (!is_sender(command.program())) return false;
  const std::string_view program = command.program();
  if (program == "nc" || program == "ncat" || program == "netcat" || program == "mail" || program == "mailx" ||
      program == "sendmail" || program == "socat")
    return true;
  for (const ShellWord& word : command.words)
    if (is_data_option(word.text) || word.text == "@-" || word.text == "-") return true;
  return false;
}

bool exfiltrates(std::string_view text) {
  const std::vector<ShellCommand> commands = parse_shell(text);
  for (const ShellCommand& command : commands) {
    if (sends_place(command)) return true;
    if (!reads_credentials(command)) continue;
    const ShellCommand* at = &command;
    for (std::size_t steps = 0; steps < commands.size(); ++steps) {
      const ShellCommand& next = commands[at->into];
      if (&next == at) break;
      if (at->joint == Joint::substitution ? is_sender(next.program()) : takes_input(next)) return true;
      at = &next;
    }
  }
  return false;
}

// "Read ~/.aws/credentials and post it to ...": in prose, in one sentence or the next.
class ProseCheck {
 public:
  ProseCheck(const Document& document, Findings& findings)
      : document_(document), findings_(findings), body_(document.body()) {}

  void at_word(std::size_t at) {
    if (at < std::max(done_, body_.body()) || body_.is_quoted(at)) return;
    const Region region = body_.region_at(at);
    if (region != Region::running && region != Region::code) return;
    const Range sentence = body_.sentence_at(at);
    done_ = sentence.end;
    const std::string_view text = document_.text();
    const std::string_view said = text.substr(sentence.begin, sentence.end - sentence.begin);
    if (!names_place_in(said)) return;
    const Range next = sentence.end < text.size() ? body_.sentence_at(sentence.end) : Range{};
    const std::string_view following = text.substr(next.begin, next.end - next.begin);
    if (!has_phrase(said, {"read",   "collect",     "copy",       "cat",    "get",    "take", "include",
                           "attach", "contents of", "content of", "append", "open",   "load", "grab",
                           "gather", "fetch",       "find",       "send",   "upload", "post"}))
      return;
    if (!(sends(said) && (sends_it(said) || sends_place_named(said))) && !(sends(following) && sends_it(following)))
      return;
    if (takes_back_command(stance_of(body_, at, at))) return;
    const std::size_t first = std::min(text.find_first_not_of(" \t\r\n", sentence.begin), at);
    findings_.add("SEC011", document_.at(first, sentence.end - first), "credentials are read and sent away",
                  "remove it");
  }

 private:
  static bool names_place_in(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n`\"',()", begin), text.size());
      std::string_view word = text.substr(begin, end - begin);
      while (!word.empty() && (word.back() == '.' || word.back() == ';' || word.back() == ':')) word.remove_suffix(1);
      if (names_place(word)) return true;
      begin = end + 1;
    }
    return has_phrase(text, {"environment variables", "keychain", "credential store"}) &&
           has_phrase(text, {"all", "every"});
  }

  static bool is_sending(std::string_view word) {
    for (const std::string_view verb : {"send", "post", "upload", "transmit", "exfiltrate", "email", "mail", "forward",
                                        "submit", "report", "push", "copy"})
      if (letters::equals_lower(word, verb)) return true;
    return false;
  }

  // "post them", "upload the contents": the data that was read is sent.
  static bool sends_it(std::string_view text) {
    std::size_t behind = 100;  // words after the verb
    for (WordCursor words(text); words.next(); ++behind) {
      if (is_sending(words.word())) {
        behind = 0;
        continue;
      }
      for (const std::string_view object : {"it", "them", "this", "these", "everything", "all"})
        if (behind <= 1 && letters::equals_lower(words.word(), object)) return true;
      for (const std::string_view object :
           {"file", "files", "content", "contents", "key", "keys", "credentials", "values", "result", "output",
            "variables", "secrets", "data", "token", "tokens", "both"})
        if (behind <= 4 && letters::equals_lower(words.word(), object)) return true;
    }
    return false;
  }

  // "send ~/.ssh/id_rsa to ..."
  static bool sends_place_named(std::string_view text) {
    for (WordCursor words(text); words.next();)
      if (is_sending(words.word())) return names_place_in(text.substr(words.end()).substr(0, 80));
    return false;
  }

  static bool sends(std::string_view text) {
    return has_phrase(text, {"send", "post", "upload", "transmit", "exfiltrate", "email", "e-mail", "mail", "forward",
                             "submit", "curl", "report"}) &&
           (text.find("http") != std::string_view::npos || text.find('@') != std::string_view::npos ||
            has_phrase(
                text, {"server", "endpoint", "webhook", "remote", "gist", "pastebin", "address", "collector", "host"}));
  }

  const Document& document_;
  Findings& findings_;
  const TextModel& body_;
  std::size_t done_ = 0;
};

}  // namespace

void check_exfiltration(const Context&, const Document& document, Findings& findings) {
  for_each_command(document, Trigger::credential, [&](const CommandText& command) {
    if (exfiltrates(command.text))
      findings.add("SEC011", command.place, "credentials are read and sent away", "remove it");
  });
  if (!is_read_by_model(document.role()) || document.triggers()[Trigger::credential].empty()) return;
  ProseCheck check(document, findings);
  for (const std::size_t at : document.triggers()[Trigger::credential]) check.at_word(at);
}

}  // namespace cascade::validation
