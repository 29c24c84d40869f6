# Compiles for Windows on x86-64 with Debian's mingw-w64 (threads as POSIX has them), with the libraries that scripts/windows
# puts into build/windows.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
# LLVM's archiver and linker: those of binutils take many minutes with this program, for each of its functions is a section.
set(CMAKE_AR llvm-ar)
set(CMAKE_RANLIB llvm-ranlib)
get_filename_component(windows ${CMAKE_CURRENT_LIST_DIR}/../build/windows ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH ${windows}/x86_64-root)
# What Windows 10 has is declared.
set(CMAKE_CXX_FLAGS_INIT "-isystem ${windows}/x86_64-root/include -D_WIN32_WINNT=0x0A00")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -fstack-protector-strong -specs=${CMAKE_CURRENT_LIST_DIR}/windows.specs")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
