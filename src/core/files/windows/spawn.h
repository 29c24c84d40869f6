// Starts programs. For files/windows only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "files/windows/open.h"

namespace cascade::files {

struct Spawn {
  const std::vector<std::string>& words;                  // words[0] is a path; ".exe" may be missing
  const std::vector<std::string>* environment = nullptr;  // none: ours
  std::string directory{};                                // empty: here
  HANDLE input = nullptr, output = nullptr, errors = nullptr;
  HANDLE kept = nullptr;  // one more handle that it holds until it ends
  DWORD flags = CREATE_NO_WINDOW;
};

struct Spawned {
  Handle process{}, thread{};
  DWORD id = 0;
};

// An error of the system, or 0. The program gets the handles named above and no others.
DWORD spawn(const Spawn& plan, Spawned& spawned);

// The words as one line that a program's own start splits again into the same words.
std::wstring command_line_of(const std::vector<std::string>& words);

// What a program that was ended by force ends with, as a signal's number is told elsewhere.
constexpr UINT killed = 128 + 9;
int exit_code_of(HANDLE process);

Handle nowhere();  // NUL, to read and to write
// A handle that a program to be started may inherit; NUL if there is none.
Handle to_hand_on(HANDLE handle);

// A pipe to or from a program. Our end does not block: an operation goes on beside us until it is finished or
// cancelled. For files/windows only.
struct Pipe {
  Handle ours, theirs;  // theirs is inherited
};
enum class PipeKind { we_read, we_write };
bool open_pipe(PipeKind kind, Pipe& pipe);

// One operation at a time on our end of a pipe. It stays where it is: the system knows its address.
class Transfer {
 public:
  explicit Transfer(Handle pipe);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  // False: the other side has gone. `bytes` stay where they are until the operation is finished.
  bool begin_read(char* bytes, std::size_t size);
  bool begin_write(std::string_view bytes);
  HANDLE event() const { return event_.get(); }  // signalled when the operation begun is done
  bool is_pending() const { return pending_; }
  bool is_open() const { return pipe_.is_open(); }
  // False: the other side has gone, or the operation was cancelled. REQUIRES: one was begun; waits for it.
  bool finish(std::size_t& moved);
  void cancel();  // what was begun, if it was
  void close();

 private:
  bool begun(bool done);
  Handle pipe_, event_;
  OVERLAPPED state_{};
  bool pending_ = false;
};

}  // namespace cascade::files
