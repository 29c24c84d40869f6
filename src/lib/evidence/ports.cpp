// A server is known by how it is told its port: an option that all servers share (--port), one of its own, a variable
// (PORT=3000), or the operand of a small server. Programs that only connect have the same options, so they are listed
// and left out. `lsof -ti:3000` alone only looks; with a kill on the same line it frees the port.
#include "evidence/ports.h"

#include <algorithm>
#include <array>

#include "evidence/words.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::evidence {
namespace {

using shell::Call, shell::Value;

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && text[0] != '0' &&
         std::ranges::all_of(text, [](char c) { return letters::is_digit(c); });
}

// "3000", ":3000", "127.0.0.1:3000", "tcp:3000" or "3000/tcp" -> "3000"; other words give nothing.
std::string_view port_in(std::string_view text) {
  if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
    const std::string_view kind = text.substr(slash + 1);
    text = kind == "tcp" || kind == "udp" ? text.substr(0, slash) : text.substr(slash + 1);
  }
  if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) text.remove_prefix(colon + 1);
  return is_port(text) ? text : std::string_view();
}

// The port on this machine: "3000:80", "127.0.0.1:3000:80/tcp" of docker, "3000:host:80" of ssh.
std::string_view published(std::string_view text, bool host_first) {
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) text = text.substr(0, slash);
  std::array<std::string_view, 4> parts;
  std::size_t count = 0;
  for (std::size_t at = 0; at <= text.size() && count < parts.size();) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    parts[count++] = text.substr(at, end - at);
    at = end + 1;
  }
  const bool has_host = host_first ? count == 3 : count == 4;
  const std::string_view port = count < 2 ? std::string_view() : parts[has_host ? 1 : 0];
  return is_port(port) ? port : std::string_view();
}

// Calls `see` with the value of each of these options: the next word, or behind "=", or behind a letter.
template <typename See>
void each_value(const Call& call, std::string_view options, const See& see) {
  for (std::size_t i = 1; i < call.words.size(); ++i)
    letters::each_word(options, [&](std::string_view option) {
      const std::string& word = call.words[i].text;
      const bool is_long = option.starts_with("--");
      if (word == option) {
        if (i + 1 < call.words.size()) see(std::string_view(call.words[i + 1].text));
      } else if (word.starts_with(option) && (is_long ? word[option.size()] == '=' : option.size() == 2)) {
        see(std::string_view(word).substr(option.size() + (is_long ? 1 : 0)));
      }
    });
}

bool has_word(const Call& call, std::string_view wanted) {
  return std::ranges::any_of(call.words, [&](const Value& word) { return word.text == wanted; });
}

bool has_letter(const Value& word, char letter) {
  return shell::is_known_option(word) && word.text.size() > 1 && word.text[1] != '-' &&
         word.text.find(letter) != std::string::npos;
}

// A verb, or the letter of an option that may stand in a cluster: -lk.
bool has_verb(const Call& call, std::string_view verb) {
  if (verb.empty() || has_word(call, verb)) return true;
  return verb.size() == 2 && verb[0] == '-' &&
         std::ranges::any_of(call.words, [&](const Value& word) { return has_letter(word, verb[1]); });
}

// The place of the server's name: the program, or a word behind one that runs it (npx next, python -m http.server).
std::size_t place_of(const Server& server, const Call& call) {
  if (call.program == server.program) return 0;
  if (!is_in(list::port_readers, call.program) && !call.program.starts_with("python")) return std::string::npos;
  for (std::size_t i = 1; i < call.words.size() && i < 6; ++i) {
    const std::string& word = call.words[i].text;
    if (word.substr(word.rfind('/') + 1) == server.program) return i;
  }
  return std::string::npos;
}

}  // namespace

void Ports::add(std::string_view port) {
  if (port.empty() || std::ranges::find(used_, port) != used_.end()) return;
  used_.emplace_back(port);
}

// lsof and fuser only look, unless fuser kills; what they looked up may be killed later on the line.
void Ports::look_up(const Call& call) {
  const bool kills = call.program == "fuser" && std::ranges::any_of(call.words, [](const Value& word) {
                       return word.text == "--kill" || has_letter(word, 'k');
                     });
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i].text;
    const bool marked = word.find(':') != std::string::npos || word.ends_with("/tcp") || word.ends_with("/udp");
    const std::string_view port = marked ? port_in(word) : std::string_view();
    if (port.empty()) continue;
    looked_up_.emplace_back(port);
    if (kills) add(port);
  }
}

// pkill and killall: by the name of a process, or by words of its command line.
void Ports::stop_by_name(const Call& call) {
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    if (shell::is_option(call.words[i])) continue;
    const std::string& text = call.words[i].text;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" |/", at), text.size());
      stops_by_name_ = stops_by_name_ || is_in(list::server_processes, std::string_view(text).substr(at, end - at));
      at = end + 1;
    }
    if (text.find(':') != std::string::npos) add(port_in(text));
    for (const std::string_view option : {"--port ", "--port=", "-p "})
      if (const std::size_t at = text.find(option); at != std::string::npos) {
        const std::size_t begin = at + option.size();
        add(port_in(std::string_view(text).substr(begin, text.find(' ', begin) - begin)));
      }
  }
}

// True: the program stops what listens somewhere, or looks for it.
bool Ports::stops(const Call& call) {
  const std::string_view program = call.program;
  if (program == "lsof" || program == "fuser") {
    look_up(call);
  } else if (program == "kill") {
    if (std::ranges::any_of(call.words, [](const Value& word) { return !word.known; }))
      for (const std::string& port : looked_up_) add(port);
  } else if (letters::is_one_of(program, {"kill-port", "fkill", "killport"}) || has_word(call, "kill-port") ||
             has_word(call, "fkill-cli")) {
    for (std::size_t i = 1; i < call.words.size(); ++i) add(port_in(call.words[i].text));
  } else if (program == "pkill" || program == "killall") {
    stop_by_name(call);
  } else {
    return false;
  }
  return true;
}

// True: the program lets a port of this machine lead elsewhere.
bool Ports::forwards(const Call& call) {
  const std::string_view program = call.program;
  if (program == "docker" || program == "podman" || program == "nerdctl") {
    if (has_word(call, "run") || has_word(call, "create"))
      each_value(call, "-p --publish", [&](std::string_view value) { add(published(value, true)); });
  } else if (program == "ssh" || program == "autossh") {
    each_value(call, "-L", [&](std::string_view value) { add(published(value, false)); });
    each_value(call, "-D", [&](std::string_view value) { add(port_in(value)); });
  } else if (program == "kubectl" || program == "oc") {
    for (std::size_t i = 2; has_word(call, "port-forward") && i < call.words.size(); ++i) {
      const std::string& word = call.words[i].text;
      const std::string_view first = std::string_view(word).substr(0, word.find(':'));
      if (is_port(first) && word.find('/') == std::string::npos) add(first);
    }
  } else if (program == "socat") {
    for (const Value& word : call.words)
      if (const std::size_t at = word.text.find("LISTEN:"); at != std::string::npos)
        add(port_in(word.text.substr(at + 7, word.text.find(',', at) - at - 7)));
  } else {
    return false;
  }
  return true;
}

// The first row of the table that the call fits; null: none. Adds what its words say.
const Server* Ports::serve(const Call& call) {
  const Server* first = nullptr;
  for (const Server& server : servers()) {
    const std::size_t place = place_of(server, call);
    if (place == std::string::npos || !has_verb(call, server.verb)) continue;
    first = first == nullptr ? &server : first;
    each_value(call, server.options, [&](std::string_view value) { add(port_in(value)); });
    const std::size_t before = used_.size();
    for (std::size_t i = place + 1; server.has_operand && used_.size() == before && i < call.words.size(); ++i)
      if (!shell::is_option(call.words[i])) add(port_in(call.words[i].text));
  }
  return first;
}

// PORT=3000 before the program, exported, or as a word for make.
void Ports::read_variables(const Call& call) {
  constexpr std::string_view names = "PORT HTTP_PORT SERVER_PORT APP_PORT VITE_PORT FLASK_RUN_PORT";
  const bool runs = is_in(list::port_readers, call.program) || call.words.front().text.find('/') != std::string::npos;
  const bool prepares = call.words.size() > 1 && letters::lists("install ci i add build lint", call.words[1].text);
  if (!runs || prepares) return;
  for (const shell::Setting& setting : call.environment)
    if (setting.value && setting.value->known && letters::lists(names, setting.name)) add(port_in(setting.value->text));
  for (const Value& word : call.words) {
    const std::size_t sign = word.text.find('=');
    if (word.known && sign != std::string::npos && letters::lists(names, word.text.substr(0, sign)))
      add(port_in(word.text.substr(sign + 1)));
  }
}

void Ports::see(const Call& call) {
  if (call.kind != Call::Kind::program || call.words.empty()) return;
  if (has_word(call, "--help") || has_word(call, "--version") || stops(call) || forwards(call) ||
      is_in(list::port_clients, call.program))
    return;
  const std::size_t before = used_.size();
  const Server* server = serve(call);
  // Options that every server understands.
  each_value(call, "--port --http-port", [&](std::string_view value) { add(port_in(value)); });
  constexpr std::string_view property = "server.port=";
  for (const Value& word : call.words)
    if (const std::size_t at = word.text.find(property); word.known && at != std::string::npos)
      add(port_in(std::string_view(word.text).substr(at + property.size())));
  // `npm run dev -- -p 3000` hands the letter on.
  const bool hands_on =
      letters::lists("npm pnpm yarn bun npx", call.program) &&
      (has_word(call, "dev") || has_word(call, "start") || has_word(call, "serve") || has_word(call, "preview"));
  if (server == nullptr && hands_on) each_value(call, "-p", [&](std::string_view value) { add(port_in(value)); });
  if (used_.size() == before) read_variables(call);
  if (used_.size() == before && server != nullptr) add(server->usual);
}

}  // namespace cascade::evidence
