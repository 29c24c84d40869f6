// Where a command reads from and writes to, and what is known of the files that it reads.
#include <utility>

#include "shell/runner.h"

namespace cascade::shell {

// Applies the redirections from left to right, as the shell does. Only standard input and output are followed, but
// files are reported for every descriptor, since they are written all the same. All targets are expanded, even of
// descriptors that are not followed: a substitution in them runs.
void Runner::redirect(const Command& command, State& state, Streams& streams, Input& input,
                      std::vector<Value>& written) {
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
        if (!file.known || file.text != "/dev/null") written.push_back(std::move(file));
        break;
      }
      case RedirectionKind::duplicate:
        if (redirection.descriptor <= 1 && streams.output != nullptr) {
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
  return path.empty() ? std::nullopt : surroundings_.contents(path);
}

}  // namespace cascade::shell
