// Finds credentials that are read and sent away: in a command line, where the output of a program that prints them
// reaches one that sends it, or the file itself is sent; in prose, where a sentence reads a place of credentials and it
// or the next one sends "it". Both halves are required, because reading ~/.aws or posting a file alone is ordinary
// work.
#include <algorithm>
#include <set>

#include "secrets/find.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

bool is_environment_file(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of("/@") + 1);  // of none: 0
  return name == ".env" || (name.starts_with(".env.") && name != ".env.example" && name != ".env.sample");
}

bool names_place(std::string_view word) {
  return is_environment_file(word) || (has_part(word, lists::secret_places) && !word.ends_with(".pub"));
}

bool names_place_in_arguments(const ShellCommand& command) {
  return std::ranges::any_of(command.arguments(), names_place);
}

bool reads_credentials(const ShellCommand& command) {
  const std::string_view program = command.program();
  const std::size_t first = command.first_argument();
  if (program == "printenv") return true;
  if (program.empty() && !command.words.empty() && command.words.back() == "env") return true;
  if (program == "security") return first < command.words.size() && command.words[first].starts_with("find-");
  return letters::is_one_of(program,
                            {"cat", "tar", "zip", "base64", "gzip", "head", "tail", "less", "xxd", "dd", "grep"}) &&
         names_place_in_arguments(command);
}

bool is_data_option(std::string_view word) {
  for (const std::string_view option : {"-d", "--data", "--data-binary", "--data-raw", "--data-urlencode", "-F",
                                        "--form", "-T", "--upload-file", "--post-file", "--body-file", "--post-data"})
    if (word == option || (word.starts_with(option) && (option.size() == 2 || word[option.size()] == '='))) return true;
  return false;
}

bool takes_all_input(std::string_view program) {
  return letters::is_one_of(program, {"nc", "ncat", "netcat", "mail", "mailx", "sendmail", "socat"});
}

bool is_sender(std::string_view program) {
  return takes_all_input(program) ||
         letters::is_one_of(program, {"curl", "wget", "http", "https", "telnet", "dig", "nslookup", "drill", "host"});
}

// gh gist create FILE, aws s3 cp FILE s3://..., rclone copy FILE remote:
bool publishes(const ShellCommand& command) {
  const std::string_view program = command.program();
  if (program == "gh") return command.has({"gist"}) && command.has({"create", "edit"});
  if (letters::is_one_of(program, {"aws", "gsutil", "gcloud", "az", "rclone", "mc", "s3cmd"}))
    return command.has({"cp", "mv", "sync", "copy", "copyto", "put", "upload", "rsync"}) &&
           (program == "rclone" || program == "az" || command.words.back().find("://") != std::string::npos);
  return letters::is_one_of(program, {"wormhole", "croc"}) && command.has({"send"});
}

bool sends_place(const ShellCommand& command) {
  const std::string_view program = command.program();
  const std::size_t first = command.first_argument();
  if (program == "scp" || program == "rsync") {
    for (std::size_t i = first; i + 1 < command.words.size(); ++i) {
      const std::string& word = command.words[i];
      if (word == "-i")
        ++i;
      else if (!word.starts_with('-') && names_place(word) && has_part(command.words.back(), {":"}))
        return true;
    }
    return false;
  }
  if (publishes(command)) return names_place_in_arguments(command);
  if (!is_sender(program)) return false;
  for (std::size_t i = first; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (is_data_option(word) &&
        (names_place(word) || (i + 1 < command.words.size() && names_place(command.words[i + 1]))))
      return true;
  }
  return false;
}

bool takes_input(const ShellCommand& command) {
  const std::string_view program = command.program();
  return takes_all_input(program) ||
         (is_sender(program) && (command.has({"@-", "-"}) || std::ranges::any_of(command.words, is_data_option)));
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
class ProseCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void at_word(std::size_t at) {
    if (at < std::max(done_, body_.body()) || body_.is_quoted(at)) return;
    const Region region = body_.region_at(at);
    if (region != Region::running && region != Region::code) return;
    const Range sentence = body_.sentence_at(at);
    done_ = sentence.end;
    const std::string_view text = document_.text();
    const std::string_view said = body_.slice(sentence);
    if (!names_place_in(said)) return;
    const std::string_view following =
        body_.slice(sentence.end < text.size() ? body_.sentence_at(sentence.end) : Range{});
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
      word = word.substr(0, word.find_last_not_of(".;:") + 1);
      if (names_place(word)) return true;
      begin = end + 1;
    }
    return has_phrase(text, {"environment variables", "keychain", "credential store"}) &&
           has_phrase(text, {"all", "every"});
  }

  static bool is_sending(std::string_view word) {
    return letters::is_one_of_lower(word, {"send", "post", "upload", "transmit", "exfiltrate", "email", "mail",
                                           "forward", "submit", "report", "push", "copy"});
  }

  // "post them", "upload the contents": the data that was read is sent.
  static bool sends_it(std::string_view text) {
    std::size_t behind = 100;  // words after the verb
    for (WordCursor words(text); words.next(); ++behind) {
      if (is_sending(words.word())) {
        behind = 0;
        continue;
      }
      if (behind <= 1 && letters::is_one_of_lower(words.word(), {"it", "them", "this", "these", "everything", "all"}))
        return true;
      if (behind <= 4 &&
          letters::is_one_of_lower(
              words.word(), {"file", "files", "content", "contents", "key", "keys", "credentials", "values", "result",
                             "output", "variables", "secrets", "data", "token", "tokens", "both"}))
        return true;
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
           (has_part(text, {"http", "@"}) || has_phrase(text, {"server", "endpoint", "webhook", "remote", "gist",
                                                               "pastebin", "address", "collector", "host"}));
  }

  const TextModel& body_ = document_.body();
  std::size_t done_ = 0;
};

// SEC018: arguments that the client pastes into a command before a shell reads it. A here-document with a quoted end is
// the one place where a shell leaves them alone.

constexpr std::size_t longest_command = 4000;

// $ARGUMENTS, $0 to $9, $ARGUMENTS[1]; a backslash before it keeps the client from filling it in.
std::size_t find_argument(std::string_view command) {
  for (std::size_t at = command.find('$'); at != std::string_view::npos; at = command.find('$', at + 1)) {
    if (at > 0 && command[at - 1] == '\\') continue;
    const std::string_view name = command.substr(at + 1);
    if (name.starts_with("ARGUMENTS")) return at;
    if (!name.empty() && letters::is_digit(name[0]) && (name.size() == 1 || !letters::is_word(name[1]))) return at;
  }
  return std::string_view::npos;
}

// Whether `at` is in a here-document with a quoted delimiter, whose text no shell reads: `x <<'END_4f1'`, the text,
// `END_4f1`.
bool is_quoted_text(std::string_view command, std::size_t at) {
  for (std::size_t mark = command.find("<<"); mark < at; mark = command.find("<<", mark + 2)) {
    std::size_t open = mark + 2;
    if (command.substr(open, 1) == "-") ++open;
    while (open < at && letters::is_blank(command[open])) ++open;
    const char quote = command[open];
    if (quote != '\'' && quote != '"') continue;
    const std::size_t close = command.find(quote, open + 1), line = command.find('\n', mark);
    if (close > line || line >= at) continue;
    const std::string end = "\n" + std::string(command.substr(open + 1, close - open - 1));
    if (end.size() > 1 && command.find(end, line) > at) return true;
  }
  return false;
}

void report(const Document& document, std::size_t begin, std::size_t end, Findings& findings) {
  const std::string_view command = document.text().substr(begin, end - begin);
  const std::size_t argument = find_argument(command);
  if (argument != std::string_view::npos && !is_quoted_text(command, argument))
    findings.add("SEC018", document.at(begin + argument, 1), "arguments are pasted into a command that runs unasked",
                 "let the model run the command with the arguments");
}

}  // namespace

void check_exfiltration(const Context& context, const Document& document, Findings& findings) {
  for_each_command(document, Trigger::credential, findings, "SEC011", [&](const CommandText& command) {
    if (exfiltrates(command.text))
      findings.add("SEC011", command.place, "credentials are read and sent away", "remove it");
  });
  if (!is_read_by_model(document.role()) || document.triggers()[Trigger::credential].empty()) return;
  ProseCheck check(context, document, findings);
  for (const std::size_t at : document.triggers()[Trigger::credential])
    if (!findings.has_enough("SEC011")) check.at_word(at);
}

// SEC008. What a page introduces as an example is one wherever the page writes it again.
void check_secrets(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !findings.runs("SEC008")) return;
  const std::string_view text = document.text();
  const std::vector<secrets::Secret> found = secrets::find_certain(text);
  const auto value = [&](const secrets::Secret& secret) {
    return text.substr(secret.begin, secret.end - secret.begin);
  };
  std::set<std::string_view> examples;
  for (const secrets::Secret& secret : found)
    if (secrets::is_introduced_as_example(text, secret)) examples.insert(value(secret));
  for (const secrets::Secret& secret : found) {
    if (secrets::is_called_fake(text, secret) || secrets::is_public(text, secret) || examples.count(value(secret)) != 0)
      continue;
    const std::string shown(text.substr(secret.begin, std::min<std::size_t>(secret.shown, 4)));
    // Of a key of several lines its title.
    const std::size_t length = secret.kind == "private-key" ? secret.shown : secret.end - secret.begin;
    findings.add("SEC008", document.at(secret.begin, length),
                 "this looks like " + std::string(secret.what) + (shown.empty() ? "" : " (" + shown + "***)"),
                 "revoke it, and read it from the environment");
  }
}

void check_argument_injection(const Context&, const Document& document, Findings& findings) {
  if (document.role() != Role::skill && document.role() != Role::command) return;
  if (document.text().find("```!") != std::string_view::npos)
    for (const Stretch& stretch : document.body().stretches())
      if (stretch.kind == Region::fence && document.body().info_of(stretch) == "!")
        report(document, stretch.begin, stretch.end, findings);
  const std::string_view text = document.text();
  for (std::size_t at = text.find("!`", document.frontmatter().body); at != std::string_view::npos;
       at = text.find("!`", at + 2)) {
    if (at > 0 && !letters::is_space(text[at - 1])) continue;
    const Stretch* stretch = document.body().stretch_at(at);
    if (stretch != nullptr && stretch->begin < at) continue;  // shown in a fence or a longer span
    const std::size_t end = text.substr(0, at + longest_command).find('`', at + 2);
    if (end == std::string_view::npos) continue;
    report(document, at + 2, end, findings);
  }
}

}  // namespace cascade::validation
