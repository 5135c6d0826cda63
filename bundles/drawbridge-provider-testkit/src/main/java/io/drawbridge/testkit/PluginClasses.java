// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.provider.NativeProvider;
import java.net.URL;
import java.net.URLClassLoader;
import org.opentest4j.TestAbortedException;

/** The classes of a plug-in a second time, as a bundle has them for itself; everything else is as it is for the test. */
final class PluginClasses extends URLClassLoader {
    PluginClasses(Class<?> provider) {
        super(new URL[] {provider.getProtectionDomain().getCodeSource().getLocation()}, provider.getClassLoader());
    }

    static NativeProvider instance(ClassLoader loader, Class<?> provider) throws ReflectiveOperationException {
        try {
            var constructor = loader.loadClass(provider.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (NativeProvider) constructor.newInstance();
        } catch (NoSuchMethodException needsMore) {
            throw new TestAbortedException(provider.getName()
                    + " has no constructor without parameters, so it cannot be loaded a second time");
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null && getURLs().length > 0 && findResource(name.replace('.', '/') + ".class") != null) {
                known = findClass(name);
            }
            return known != null ? known : super.loadClass(name, resolve);
        }
    }
}
