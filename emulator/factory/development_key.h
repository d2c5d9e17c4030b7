// SPDX-License-Identifier: BSD-3-Clause
// The development signing keys: PUBLIC ON PURPOSE, private half and all. They sign synthetic
// firmware for simulated boards and nothing else; no real Management Engine accepts them.
#pragma once

#include <string_view>

#include "protocol/image/manifest_form.h"

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

/// RSA-3072, for manifests of form R2.
inline constexpr std::string_view kDevelopmentKey3072Md5 = "dee845f65d1015bf602b0fc208947ec7";
inline constexpr std::string_view kDevelopmentKey3072Pem = R"(-----BEGIN RSA PRIVATE KEY-----
MIIG4wIBAAKCAYEAnAhR0fz8iyF4tqjNY8dnWF9zH5ElAsvCKeIhh7wLXFdbYl8U
oIaGOHGTuJ51Jmoij1WAtWX9hpsbWqmAT1MXUfpCrPL1EBTBSA52RaqMkj46O35E
BBO05w1YgsQTJrdjFGyX60p04qpHnnKi7BTLGXKxjNmiONXpaU1TpNlt99f+Z/C8
g2RZgEVQIFU3C8Zgwo1gdWOX44oDYv08Yy/LL7EpifA5sjgOCXpFAyppXhhk6mL/
6jS/c6JQuJM+hGR1vMkN6DL0NNSKcNNfXq4bAfG+birZj/qSxE/Rid6D48lRS420
UajRRNxS+UPMeQRpr8aL2PdGNIvxcDs2FUuGKkMpAMXbhgHfT9jdNAGKnAoqRzos
QAMhDdxynUEpAgwq1Lq7jrbIk0EoAPgpQL2Zvft6LY/T4Tvszfwj2n2tjZ1LPz3t
LfprnpU90jH7d4L8Mh2XmFqUr1lP7MEXe73Xey/qxPqYYSQQDwDIQduM5hVRcBKK
vcK8+NnJz4YR+g6dAgMBAAECggGACSqy9eGFS748a4zIvkkvgOFgr9TU5hBm+JN0
sVcCmtr1/zZDTbgBiCziBxlmHArlu2KEVIPorGEN7xpgs6hXySTpCGSgsaBqh4tz
9t1Rc2ENBkRBhjTLLrzZu5r93gstmrxTg4sFCXEEEqK9AB4rnXPfyvzZOzoUA6/7
j0aH36T0qRIbXSPG31KTJccj3AD8W8m3BkaC3KcV0lm607/x0bw4isZOeXIyHuvs
RIaYGKNZwGxvCQkuy0IYuHNMG7aUHbEbVAQAHDGVMn3vNjjeymao1pn4jhPy9uGl
drBLeCBjMdjMxfU+37WsyehUnjfutdcAFS5yArwUv0sXNUi3OBgqbFQlUDlE7nMu
mtbTfhgc7OqnUsV9z1fskiDYY/LibXpK1DRFe8BChV6544zzQSE0qq05Bwo3ClSw
SZpPZ9Rhvk6kud2+ou87c+mEjODRQNFW5ZLC+427/WKN5ZUMvhbZH6/wiyBHPIqP
QPubV/s3BiASgXn9ZPi5kc9MUwUBAoHBANCgb+FR/D+jlWePLbKHwrCEREMpLLpM
PX+2QKVDCa7pj3OEfsrqxriqy8fI9nEIqzQ8Y+VvGAkD3AvHEnuVn5GOHl6y26PA
1+C6Oka18r3eq4A6RTnp2yxxQdsIxCoTPrQFB4PEEX8H9MjN3BeaMy2GuFKZ2cjW
dhF0EEuRzHcSmm1VBAzzR/9Se4vFiFzDpMvRaZ1Fpuc/H3erblBOVgk2PQneux99
UbssTP38UPKIy9U3v45yIXWKGXLzDgQfnQKBwQC/do7TcbUKRajAYq6x6You/VPJ
UDjCCH1Wxv0IMfLSupoElYbKzzTjOX2DfH8gZe6aRuQJgTguavIlFWiTHdb78zDu
ZjOJt9n9obdatTS0W5lN96iP7S9rDWnFCPghgfs/IW27Df8aF3BQd5xygNB1qeEH
qmG8BtgoHMnJKNDnv1ymEVV49jesXi0yXMs+KWZIwOudHzse8HsmaImYSCwdHMmS
JbS6F3wqhUGzBJiU4YtqrUXrrdV6OkKRrLij+wECgcAUV3BRMeM8eUC6BjXYcHBF
McBOJBeeWoyshSKsemrZSSCZjNOoCVgy7URNSITu5H986l57ImffiSbNZy2gKyiR
0p+XcC0GPGlQGhhQiLEQXkOujv/s86ZRIQHgz2wBBjtY5hyjdlyWXDo70gahroFK
8RXLyAB6Gp8MeJqWI7Mh8QhpnJ52fMoKVQqCyFHRaaoJzXNUyFPLvFXfHzH0Vo8A
+u7cpYDtQxTTATDImu9xlnD5ayQcSXiFs19j29sD/+kCgcAFChzWSe7m91Bqx+4r
Nqdxdy+GY/sqeEi8SP6OAaqPi2PUbQ8gNXYB6Rh5poQ+GRC/tM/5xBHzftMi0L5w
6N8owIzwKXZ/0HwHZgNKeuyJNsQBPlyMdUTDP5YiHotRbndrgPi/bK3jROyq4YsX
pHZYMoF+zyhFZ7S20ZMqHU3qW6oXoOssBOcQPWZZJgIff712esV43EKVHOVQ7H16
qaOnnINdumpYX5fgEqPZD2zotksSIr9tZaTx06i+5tnxTwECgcEAmSXKVKDYeopV
UabgE/JACbgThuYg7wZhnm61dgXsqOvVWb7rvY1WnLLvdf1vRymRJqy3T4YOfbO/
7hb403mqv4Dre6QsEJyCy3050sV9UjFwF7E/5l2p9GGNr2sWdRovAWMZ85+q2EFp
FcBdHxXkhi6bXaWrizspY12Idv8qpjFacvDECibQcwAsotBtAedJA/5iQp6c6iJy
sJGQoU7irMQ+qAEFl8W6sQI9s1i4s6QtxKL9ccSRatJmbh75azpx
-----END RSA PRIVATE KEY-----
)";

constexpr std::string_view development_key_pem(protocol::image::ManifestForm form) {
  return form == protocol::image::ManifestForm::cpd_r2 ? kDevelopmentKey3072Pem
                                                       : kDevelopmentKeyPem;
}
constexpr std::string_view development_key_md5(protocol::image::ManifestForm form) {
  return form == protocol::image::ManifestForm::cpd_r2 ? kDevelopmentKey3072Md5
                                                       : kDevelopmentKeyMd5;
}

}  // namespace emulator::factory
