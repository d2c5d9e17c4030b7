// SPDX-License-Identifier: BSD-3-Clause
// The development signing key: PUBLIC ON PURPOSE, private half and all. It signs synthetic firmware
// for simulated boards and nothing else; no real Management Engine accepts it.
#pragma once

#include <string_view>

namespace emulator::factory {

/// MD5 over the modulus and the 65537 exponent, both little-endian as a manifest stores them: how
/// profiles name the key.
inline constexpr std::string_view kDevelopmentKeyMd5 = "1280988a6c05d998ec54771471d48505";

/// RSA-2048.
inline constexpr std::string_view kDevelopmentKeyPem = R"(-----BEGIN RSA PRIVATE KEY-----
MIIEogIBAAKCAQEApld1E16tl1sPEVNYifdaQx8DbmLp8gxcuTYuhKZhWaoDOWtx
BL8Uo+tgN58Npi9MejV86idOEqnEVdOAO6Hi83iOvfFtt9j430QLi+XRXUgK3fsZ
I2nnfKqboYEZ+DJlGTV5b/xjWcNIBTRnk9HTVT0VL3ZTtHeS3+9mqcLVDlADrP89
VxOUmIN3LRM4DhUxIE+ynPAXcFqCl5gWcKKa3q6pBR1PAYDSKNOVeJ/MB+/28r6+
/4+HKD796vn2gsGXaRPYpvgd2tr8I1u52alLxqEITrHpSSC4qj6PhE6HxlRW6A/2
tmq/kXVGaoQ/N53kEfTjbi0BIKxgSEwXbSPaIQIDAQABAoIBAFF9lg8TupJkW1jf
Doiko9UvO+SX08mvcbuQxjBZPGcLacH3F2q+W9PES6JkKvEnyd0zGAu0jsSI4/Uy
BOfx8rfZb4CxZtGDG8VxVgDG6Y877Ir8aT/Wsb/66vyvvTPBKJM1hdUtfdSrXTyj
hDzANjrTjm3ul6pZTByl8ZMoLm1wTm+hCg1O2FJmebDEN6HttUmGvmZ7v1YXkBAP
jYCDOMYlcrBxdRJeNBEhaoD+dbQjS+dQu2kyNJ9AwGpHHVgLS2p+7EeCOWg1zY2s
4NrmQtdVajQhTaic5th9uk8N3S2t6nYvIoFlakMIDQG4h8bfrxjDR0nVs9qoqaJo
GpBoLNMCgYEA0O3mIkIuqkNpYYbtbJrwd1D7Xqd5uqs0Sx4BPCpoSeVB2WwUIMbl
pQF+R4Icaopem1TyZAtwUmBB2VxkyP9NUpAwxetS3KSVE9n0DwBa+RE/Dut+yOaX
F7IVTY1R5sNTXbmdgZBrnUMjMYPEP7CN+aFhUPmXrL3NzGGuZW0abOMCgYEAy9FL
MI0nn9KLyAyhnIhi006hJh0U0QQ6aIPHR2ohabN5324S3DknHXuuPlPkBo1oNufa
zi2+xMIkLPDZ98ZrD1XBt83dZ4+XEztjXY5Nedl4+Sv+0XrtjnnNFgZXo+PKekRb
fxtmiFnKvWHpa5nFr+MVmE6ZCi6pvkRtBojjMCsCgYAjP8/w/buDzGXOJ4aNKULi
zo3qdVULUnE7Ly/EJ996gCxw81QeB5CdGzhj9ia3LusxR86xZGCp9UWG15jFdJVm
FZ+09LQBN99S/xW3JjczCF7cNI0qdgUN4WTItcwYo+G/0V4qiuQtHzOj2fhVSoNZ
l4mksMePRGKhVeWnhRXNQwKBgEanvFgNZuIZvAlSj6fTA+dax7SNukynGZRnsmqI
WSLqa+JPp0wep/epi4Lh1BeNZ8Y44/o7k3lkD+Rgbj9d0nlTcj9Ep28iMO4i1VR2
Y1dNU4mVfdWitr2Abd8nvbP74JI4JjvPBOFZt1WlnqSFfyl1IGRXQuhrur5RvDXa
uF9XAoGAQzvNDV1z7BGjkfyvpQFpZys6/hSXwxtv1sdJUQGMXicGsdUPSp3ejzlj
AWxK9SwsiKHUgXYamdc2tvytbZji9Z1bBu8WFTqKY96sgotfWSaEc8gltxLxk0OT
OFNH4tIQGSw4S3rR8IqqV3SkfboRAVQPTQ/HomT8J+ZCtX5DJ6g=
-----END RSA PRIVATE KEY-----
)";

}  // namespace emulator::factory
