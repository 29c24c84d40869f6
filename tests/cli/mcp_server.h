// A server of `cascade mcp` as a client runs it: a process with pipes, in folders of its own.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "read_text.h"
#include "scratch_folder.h"
#include "syntax/json.h"

namespace cascade::mcp_test {

namespace fs = std::filesystem;
using syntax::Node;
using test::read_text;
using Words = std::vector<std::string>;

// A person's folders; `work` is where servers run unless told otherwise.
struct Place {
  test::ScratchFolder folder;
  const std::string& path = folder.path;

  Place() {
    fs::create_directories(path + "/work");
    fs::create_directories(path + "/home");
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(path + "/" + name).parent_path());
    std::ofstream(path + "/" + name) << text;
  }
  void skill(const std::string& name, const std::string& description, const std::string& body,
             const std::string& more = {}) const {
    write("work/.claude/skills/" + name + "/SKILL.md",
          "---\nname: " + name + "\ndescription: " + description + "\n" + more + "---\n\n" + body + "\n");
  }
  // The lines of all ledgers together.
  std::string ledgers() const {
    std::string all;
    if (fs::exists(path + "/state/cascade/sessions"))
      for (const auto& file : fs::directory_iterator(path + "/state/cascade/sessions")) all += read_text(file.path());
    return all;
  }
  [[noreturn]] void become(const std::string& directory, const Words& words) const {
    if (::chdir(directory.c_str()) != 0) std::_Exit(126);
    ::setenv("HOME", (path + "/home").c_str(), 1);
    ::setenv("XDG_CACHE_HOME", (path + "/cache").c_str(), 1);
    ::setenv("XDG_STATE_HOME", (path + "/state").c_str(), 1);
    ::unsetenv("CLAUDE_PROJECT_DIR");
    std::vector<char*> arguments;
    std::string program = CASCADE_BINARY;
    arguments.push_back(program.data());
    std::vector<std::string> copies = words;
    for (std::string& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(program.c_str(), arguments.data());
    std::_Exit(127);
  }
};

// The program with pipes for standard input and output.
class Process {
 public:
  Process(const Place& place, const std::string& directory, const Words& words) {
    std::array<int, 2> in{}, out{};
    REQUIRE(::pipe2(in.data(), O_CLOEXEC) == 0);
    REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
    id_ = ::fork();
    REQUIRE(id_ >= 0);
    if (id_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      place.become(directory, words);
    }
    ::close(in[0]);
    ::close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~Process() { end(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void write(const std::string& text) const {
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t done = ::write(to_, text.data() + at, text.size() - at);
      if (done <= 0) return;
      at += static_cast<std::size_t>(done);
    }
  }
  // Up to and without a line feed; what is left where the output ends.
  std::string line() {
    while (read_.find('\n') == std::string::npos) {
      std::array<char, 65536> buffer{};
      const ssize_t got = ::read(from_, buffer.data(), buffer.size());
      if (got <= 0) break;
      read_.append(buffer.data(), static_cast<std::size_t>(got));
    }
    const std::size_t stop = std::min(read_.find('\n'), read_.size());
    std::string one = read_.substr(0, stop);
    read_.erase(0, stop + 1);
    return one;
  }
  std::string rest() {
    for (std::array<char, 65536> buffer{};;) {
      const ssize_t got = ::read(from_, buffer.data(), buffer.size());
      if (got <= 0) return std::exchange(read_, {});
      read_.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
  void stop_listening() { close(from_); }
  // The exit code; 128 and the signal where it died of one.
  int end() {
    close(to_);
    close(from_);
    if (id_ <= 0) return code_;
    int status = 0;
    ::waitpid(std::exchange(id_, 0), &status, 0);
    return code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  static void close(int& file) {
    if (file >= 0) ::close(std::exchange(file, -1));
  }

  pid_t id_ = 0;
  int to_ = -1, from_ = -1, code_ = 0;
  std::string read_;
};

inline std::string text_at(const Node& node, const std::vector<std::string>& keys) {
  const Node* at = &node;
  for (const std::string& key : keys) {
    at = key == "0" ? (at->items.empty() ? nullptr : &at->items.front()) : at->find(key);
    if (at == nullptr) return {};
  }
  return at->text;
}

inline std::string quoted(const std::string& text) { return syntax::quote_json(text); }

inline std::string request(const std::string& method, const std::string& parameters = "{}") {
  return R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":)" + parameters + "}\n";
}

struct Told {
  std::string text, line;
  bool failed = false;
};

class Server : public Process {
 public:
  explicit Server(const Place& place, const Words& words = {}, std::string directory = {})
      : Process(place, directory.empty() ? place.path + "/work" : directory, with_verb(words)) {}

  Node ask(const std::string& method, const std::string& parameters = "{}") {
    write(request(method, parameters));
    return syntax::parse_json(line()).root;
  }
  Told call(const std::string& tool, const std::vector<std::pair<std::string, std::string>>& arguments) {
    write(call_line(tool, arguments));
    Told told;
    told.line = line();
    const Node reply = syntax::parse_json(told.line).root;
    told.text = text_at(reply, {"result", "content", "0", "text"});
    told.failed = text_at(reply, {"result", "isError"}) == "true";
    return told;
  }
  static std::string call_line(const std::string& tool,
                               const std::vector<std::pair<std::string, std::string>>& arguments) {
    std::string members;
    for (const auto& [name, value] : arguments)
      members += (members.empty() ? "" : ",") + quoted(name) + ":" + quoted(value);
    return request("tools/call", R"({"name":")" + tool + R"(","arguments":{)" + members + "}}");
  }

 private:
  static Words with_verb(Words words) {
    const auto root = std::find(words.begin(), words.end(), "--root");
    words.insert(root == words.end() ? words.begin() : root + 2, "mcp");
    return words;
  }
};

inline std::string output(const Place& place, const Words& words) {
  Process process(place, place.path + "/work", words);
  std::string text = process.rest();
  process.end();
  return text;
}

// What stands behind "conversation: " on an answer's last line; empty: there is none.
inline std::string handle_of(const std::string& text) {
  const std::string label = "\nconversation: ";
  const std::size_t at = text.rfind(label);
  return at == std::string::npos ? std::string() : text.substr(at + label.size(), text.size() - at - label.size() - 1);
}
inline std::string without_handle(const std::string& text) {
  return handle_of(text).empty() ? text : text.substr(0, text.rfind("conversation: "));
}

inline Words names_of(const Node& listed) {
  Words names;
  for (const Node& tool : listed.find("result")->find("tools")->items) names.push_back(tool.find("name")->text);
  return names;
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace cascade::mcp_test
