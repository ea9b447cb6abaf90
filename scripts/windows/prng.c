/* Wine 8 has no bcryptprimitives.dll, without which no program of a newer Rust starts. The one
 * call of it that Rust makes, by a call that Wine has. For tests only; Windows has its own. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(void *into, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *into, SIZE_T length) {
  while (length > 0) {
    ULONG part = length > 0x10000 ? 0x10000 : (ULONG)length;
    if (!SystemFunction036(into, part)) return FALSE;
    into += part;
    length -= part;
  }
  return TRUE;
}
