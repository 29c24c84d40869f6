// Where a command reads from and writes to, and what is known of the files that it reads.
#include <utility>

#include "shell/runner.h"

namespace cascade::shell {

// Applies the redirections from left to right, as the shell does. Only standard input and output are followed, but
// files are reported for every descriptor, since they are written all the same. All targets are expanded, even of
// descriptors that are not followed: a substitution in them runs.
void Runner::redirect(const Command& command, State& state, Streams& streams, Input& input, Written& written) {
  for (const Redirection& redirection : command.redirections) {
    switch (redirection.kind) {
      case RedirectionKind::here_document:
      case RedirectionKind::here_string: {
        const bool document = redirection.kind == RedirectionKind::here_document;
        const Value text = expand_whole(document ? *redirection.body : redirection.target, state);
        if (redirection.descriptor > 0) break;
        input.text = script_text(text) + (document ? "" : "\n");
        streams.input = &input;
        break;
      }
      case RedirectionKind::input: {
        const Value file = expand_whole(redirection.target, state);
        if (redirection.descriptor > 0) break;
        input = {};
        input.text = known_file(file, state);
        streams.input = &input;
        break;
      }
      case RedirectionKind::output:
      case RedirectionKind::append:
      case RedirectionKind::both: {
        Value file = expand_whole(redirection.target, state);
        // The output no longer reaches whoever would read it, such as $(...).
        if (redirection.descriptor <= 1) streams.output = nullptr;
        if (file.known && file.text == "/dev/null") break;
        written.files.push_back(std::move(file));
        written.follows = surroundings_.keeps_written() && redirection.descriptor <= 1;
        written.appends = redirection.kind == RedirectionKind::append;
        written.text = {};
        if (written.follows) streams.output = &written.text;
        break;
      }
      case RedirectionKind::duplicate:
        if (redirection.descriptor <= 1 && streams.output != nullptr && !written.follows) {
          const Value target = expand_whole(redirection.target, state);
          if (redirection.descriptor != 0 && target.text != "1") streams.output = nullptr;
        }
        break;
    }
  }
}

// What a file holds, or the pipe that <(...) stands for.
std::optional<std::string> Runner::known_file(const Value& file, const State& state) const {
  if (!file.printed.empty()) return file.printed;
  const std::string path = file.known ? reached(state.directory, file.text) : std::string();
  if (path.empty()) return std::nullopt;
  const auto made = written_.find(path);
  return made != written_.end() ? std::optional(made->second) : surroundings_.contents(path);
}

// Keeps what the line writes into a file, so that it is followed where the line runs the file later. It is reported as
// well: other programs, such as git, may run it.
void Runner::keep(const Value& file, const std::string& text, bool appends, const State& state) {
  const std::string path = file.known && !file.is_pattern ? reached(state.directory, file.text) : std::string();
  if (path.empty() || text.empty() || !surroundings_.keeps_written() || !may_grow(text.size())) return;
  std::string& kept = written_[path];
  kept = appends ? kept + text : text;
  Execution done;
  done.written.push_back(file);
  done.written.back().printed = kept;
  report(done, state);
}

void Runner::keep(const Written& written, const State& state) {
  if (!written.follows) return;
  if (written.text.known)
    keep(written.files.back(), written.text.text, written.appends, state);
  else
    written_.erase(reached(state.directory, written.files.back().text));
}

// What the line wrote into a program that it finds in a folder that it put into PATH; null: it is another program.
const std::string* Runner::written_program(const std::string& name, const State& state) const {
  const Variable* path = written_.empty() ? nullptr : state.find("PATH");
  if (path == nullptr || !path->value) return nullptr;
  std::string_view folders = path->value->text;  // to the first part that is not known
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string folder = reached(state.directory, std::string(folders.substr(0, end)));
    const auto found = folder.empty() ? written_.end() : written_.find(folder + "/" + name);
    if (found != written_.end()) return &found->second;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return nullptr;
}

}  // namespace cascade::shell
