// A pipe to or from a program. Our end does not block: an operation goes on beside us until it is finished or
// cancelled. For files/windows only.
#pragma once

#include <cstddef>
#include <string_view>

#include "files/windows/handle.h"

namespace cascade::files {

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
